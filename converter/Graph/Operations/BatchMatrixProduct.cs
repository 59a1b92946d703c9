using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// Matrix products over the last two dimensions of left [..., rows, depth] and right [..., depth, columns], whose other dimensions
/// broadcast. Inputs: left, right. A transposed input has its last two dimensions swapped.
/// </summary>
internal sealed record BatchMatrixProduct(bool LeftTransposed, bool RightTransposed) : Operation
{
    public override Operands Takes() => Operands.Of(2);

    public override void Check(NodeCheck check)
    {
        int[] left = check.Input(0).Shape;
        int[] right = check.Input(1).Shape;
        if (!check.Require(left.Length >= 2 && right.Length >= 2, "An input has fewer than 2 dimensions.")
            || !check.Require(left[^(LeftTransposed ? 2 : 1)] == right[^(RightTransposed ? 1 : 2)], "The rows of the left input and the columns of the right one have different lengths."))
        {
            return;
        }

        int rows = left[^(LeftTransposed ? 1 : 2)];
        int columns = right[^(RightTransposed ? 2 : 1)];
        check.Broadcasts([.. left[..^2], rows, columns], [.. right[..^2], rows, columns]);
    }
}
