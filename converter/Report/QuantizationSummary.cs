using EdgeQuant.Converter.Evaluate;
using EdgeQuant.Converter.Evaluate.Metrics;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Report;

/// <summary>How a float network was quantized, and what it kept.</summary>
/// <param name="Samples">The samples that it was calibrated with; 0 where the recipe gave every range.</param>
/// <param name="Schemes">How its operators are quantized.</param>
/// <param name="Repairs">What each repair bought that was tried.</param>
/// <param name="MeasuredSamples">The samples that it was measured on; 0 if it was not.</param>
/// <param name="MeasuredOnCalibration">True if those are samples that it was calibrated with.</param>
/// <param name="Metric">What points are; null where neither labels nor targets are known.</param>
/// <param name="FloatPoints">What the float network reaches, in percent.</param>
/// <param name="PackedPoints">What the packed file reaches, in percent.</param>
/// <param name="Agreement">How far the packed file's outputs agree with the float network's; null if it was not measured.</param>
/// <param name="Steps">What each step took.</param>
internal sealed record QuantizationSummary(
    int Samples,
    IReadOnlyList<SchemeCount> Schemes,
    IReadOnlyList<RepairOutcome> Repairs,
    int MeasuredSamples,
    bool MeasuredOnCalibration,
    Metric? Metric,
    double? FloatPoints,
    double? PackedPoints,
    Agreement? Agreement,
    IReadOnlyList<StepTiming> Steps)
{
    /// <summary>Sums up.</summary>
    /// <param name="result">How the network was quantized.</param>
    /// <param name="quality">What it kept; null if that was not measured.</param>
    /// <param name="steps">What each step took.</param>
    public static QuantizationSummary Of(QuantizationResult result, ConversionQuality? quality, IReadOnlyList<StepTiming> steps)
    {
        return new QuantizationSummary(
            result.Statistics?.Records ?? 0,
            Count(result.Network),
            result.Repairs,
            quality?.Packed.Records ?? 0,
            quality?.Overlap ?? false,
            quality?.Metric,
            quality?.Float.Points,
            quality?.Packed.Points,
            quality?.Packed.Agreement,
            steps);
    }

    private static SchemeCount[] Count(QuantizedNetwork network)
    {
        return
        [
            .. network.Source.Nodes
                .Select(node => SchemeDescription.Of(network.Schemes[node], HasWeights(node)))
                .GroupBy(scheme => scheme, StringComparer.Ordinal)
                .Select(group => new SchemeCount(group.Key, group.Count()))
                .OrderByDescending(scheme => scheme.Operators),
        ];
    }

    private static bool HasWeights(Node node)
    {
        return node.Inputs.Any(input => input is { IsConstant: true, Type: DataType.Float32, Rank: > 1 });
    }
}
