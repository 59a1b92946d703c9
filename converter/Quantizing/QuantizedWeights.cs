using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Quantizing;

/// <summary>Weights as integers.</summary>
/// <param name="Values">One integer for each weight, row-major.</param>
/// <param name="Quantization">What they mean.</param>
/// <param name="Shared">The codebooks that the integers come from; null if they are stored as they are.</param>
internal sealed record QuantizedWeights(sbyte[] Values, Quantization Quantization, SharedWeights? Shared = null);
