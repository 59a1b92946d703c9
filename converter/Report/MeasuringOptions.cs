using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Evaluate;

namespace EdgeQuant.Converter.Report;

/// <summary>What is measured of a float network's conversion.</summary>
internal sealed record MeasuringOptions
{
    /// <summary>What it is calibrated with and measured on; null for a recipe that gives every range.</summary>
    public SampleSplit? Samples { get; init; }

    /// <summary>The most points that may be lost; null for any.</summary>
    public double? MostDrop { get; init; }

    /// <summary>True to compare layer by layer and to find what each operator costs, for a report.</summary>
    public bool Detailed { get; init; }

    public EvaluationOptions Evaluation { get; init; } = new();
}
