namespace EdgeQuant.Converter.Quantizing.Recipes;

/// <summary>How weights are stored.</summary>
internal enum WeightEncoding
{
    /// <summary>8-bit integers.</summary>
    Int8,

    /// <summary>4-bit integers, two a byte.</summary>
    Int4,

    /// <summary>Indices into a codebook of 8-bit integers.</summary>
    Codebook,

    /// <summary>Real numbers: for comparisons on the desktop only, no device runs it.</summary>
    Float,
}
