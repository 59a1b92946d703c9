using EdgeQuant.Converter.Quantizing.Calibration;

namespace EdgeQuant.Converter.Quantizing.Repair;

/// <summary>A network that was repaired and quantized.</summary>
/// <param name="Network">The quantized network; its source is a copy of the float network with the repairs to float weights and biases made.</param>
/// <param name="Statistics">What values the tensors of the source take.</param>
/// <param name="Ranges">What its tensors are quantized for.</param>
/// <param name="Outcomes">What each repair bought that was tried.</param>
internal sealed record RepairResult(QuantizedNetwork Network, CalibrationStatistics Statistics, ITensorRanges Ranges, IReadOnlyList<RepairOutcome> Outcomes);
