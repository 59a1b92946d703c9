namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// Matrix products over the last two dimensions of left [..., rows, depth] and right [..., depth, columns], whose other dimensions
/// broadcast. Inputs: left, right. A transposed input has its last two dimensions swapped.
/// </summary>
internal sealed record BatchMatrixProduct(bool LeftTransposed, bool RightTransposed) : Operation;
