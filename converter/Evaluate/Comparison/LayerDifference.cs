namespace EdgeQuant.Converter.Evaluate.Comparison;

/// <summary>A tensor between inputs and outputs in two versions of a network.</summary>
/// <param name="Operator">What computes it in the first version.</param>
/// <param name="Values">How far its values agree.</param>
/// <param name="Fall">
/// By how many dB its signal-to-quantization-noise ratio is lower than the lowest of what it is computed from: what this operator adds. Null
/// where that is not known.
/// </param>
internal sealed record LayerDifference(string Operator, TensorAgreement Values, double? Fall);
