namespace EdgeQuant.Converter.Quantizing.Codebooks;

/// <summary>What else is known of weights that are to share values.</summary>
/// <param name="Importance">
/// What the squared error of each weight counts, 0 or above; null if all count the same. The second moment of what the weight is multiplied
/// with makes the error that of the layer's output.
/// </param>
/// <param name="KeepsZero">True if 0 must be an entry of each codebook: pruned weights stay pruned.</param>
/// <param name="SmallestScales">The smallest scale that each output channel may have; null if any will do.</param>
internal sealed record CodebookOptions(float[]? Importance = null, bool KeepsZero = false, double[]? SmallestScales = null)
{
    public static CodebookOptions Default { get; } = new();
}
