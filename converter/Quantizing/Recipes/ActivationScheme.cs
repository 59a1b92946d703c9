namespace EdgeQuant.Converter.Quantizing.Recipes;

/// <summary>How an operator's activations are quantized.</summary>
/// <param name="Type">What holds them.</param>
/// <param name="Symmetric">True for a zero point of 0; int16 always has it.</param>
/// <param name="PowerOfTwo">True if scales are powers of two, so that rescaling is a shift.</param>
internal sealed record ActivationScheme(ActivationType Type = ActivationType.Int8, bool Symmetric = false, bool PowerOfTwo = false);
