using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Evaluate;
using EdgeQuant.Converter.Evaluate.Comparison;
using EdgeQuant.Converter.Evaluate.Sensitivity;

namespace EdgeQuant.Converter.Report.Quality;

/// <summary>What is known of the conversion of a float network beside the conversion itself. What was not measured is null.</summary>
internal sealed record FloatConversion
{
    /// <summary>What it was calibrated with and measured on.</summary>
    public SampleSplit? Samples { get; init; }

    /// <summary>What it kept.</summary>
    public ConversionQuality? Quality { get; init; }

    /// <summary>The float network against the packed file, layer by layer.</summary>
    public NetworkComparison? Comparison { get; init; }

    /// <summary>What each operator costs.</summary>
    public SensitivityResult? Sensitivity { get; init; }

    /// <summary>The most points that may be lost.</summary>
    public double? MostDrop { get; init; }
}
