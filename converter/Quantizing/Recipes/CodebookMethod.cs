namespace EdgeQuant.Converter.Quantizing.Recipes;

/// <summary>How the entries of a codebook are found.</summary>
internal enum CodebookMethod
{
    /// <summary>The entries with the least squared error: dense where weights lie dense (optimal one-dimensional k-means, Wang and Song 2011).</summary>
    Density,

    /// <summary>
    /// k-means that starts from entries evenly spaced between the smallest and the largest weight, which keeps large weights better (Han et al. 2016).
    /// </summary>
    Linear,
}
