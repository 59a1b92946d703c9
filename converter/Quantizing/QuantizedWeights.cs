using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Quantizing;

/// <summary>Weights as integers.</summary>
/// <param name="Values">One integer for each weight, row-major.</param>
/// <param name="Quantization">What they mean.</param>
internal sealed record QuantizedWeights(sbyte[] Values, Quantization Quantization);
