namespace EdgeQuant.Converter.Quantizing.Recipes;

/// <summary>How an operator's constant weights are quantized.</summary>
/// <param name="Encoding">How they are stored.</param>
/// <param name="PerChannel">True for a scale (and codebook) for each output channel, false for one for the whole tensor.</param>
/// <param name="Symmetric">True for a zero point of 0.</param>
/// <param name="PowerOfTwo">True if scales are powers of two, so that rescaling is a shift.</param>
/// <param name="IndexBits">With a codebook: bits of an index, 2 to 8.</param>
/// <param name="CodebookMethod">With a codebook: how its entries are found.</param>
internal sealed record WeightScheme(
    WeightEncoding Encoding = WeightEncoding.Int8,
    bool PerChannel = true,
    bool Symmetric = true,
    bool PowerOfTwo = false,
    int IndexBits = 4,
    CodebookMethod CodebookMethod = CodebookMethod.Density);
