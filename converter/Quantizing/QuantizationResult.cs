using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Quantizing;

/// <summary>A float network that was quantized, and how.</summary>
/// <param name="Float">The float network after simplification, before any repair.</param>
/// <param name="Recipe">What it was quantized by.</param>
/// <param name="Network">What it has become; its source is <paramref name="Float"/> with the repairs to float weights made.</param>
/// <param name="Ranges">The ranges that the tensors of the network's source were quantized for.</param>
/// <param name="Statistics">What values the tensors of the network's source took on the samples; null without samples.</param>
/// <param name="Repairs">What each repair bought that was tried.</param>
/// <param name="Steps">What each step took.</param>
/// <param name="Warnings">What a person should know.</param>
internal sealed record QuantizationResult(
    NetworkGraph Float,
    Recipe Recipe,
    QuantizedNetwork Network,
    ITensorRanges Ranges,
    CalibrationStatistics? Statistics,
    IReadOnlyList<RepairOutcome> Repairs,
    IReadOnlyList<StepTiming> Steps,
    IReadOnlyList<string> Warnings);
