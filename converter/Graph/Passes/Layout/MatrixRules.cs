using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes.Layout;

/// <summary>Matrix products read rows and columns in whatever order they lie.</summary>
internal static class MatrixRules
{
    /// <summary>The columns of constant weights take the order of the base, if rows are rows of the base.</summary>
    public static bool FullyConnected(LayoutRewriter rewriter, Node node)
    {
        Tensor weights = node.Input(1);
        if (rewriter.Pending(node.Input(0)) is not PendingTransposition pending
            || Permutation.MovesNothing(pending.Order, pending.Base.Shape)
            || !weights.IsConstant || weights.Quantization is { IsPerChannel: true, Axis: not 0 })
        {
            return false;
        }

        // The last axes whose elements are the columns of a row.
        int columns = weights.Shape[1];
        int[] sizes = pending.TransposedShape;
        int first = sizes.Length;
        long elements = 1;
        while (first > 0 && elements < columns)
        {
            elements *= sizes[--first];
        }

        int[] rows = [.. pending.Order[..first].Where(axis => pending.Base.Shape[axis] != 1)];
        int[] row = pending.Order[first..];
        int firstOfRow = row.Where(axis => pending.Base.Shape[axis] != 1).DefaultIfEmpty(int.MaxValue).Min();
        if (elements != columns || !rows.SequenceEqual(rows.Order()) || Array.Exists(rows, axis => axis > firstOfRow))
        {
            return false;
        }

        int[] inBase = [.. row.Order()];
        int[] order = [0, .. inBase.Select(axis => Array.IndexOf(row, axis) + 1)];
        if (TransposedConstant.Of(Shaped(weights, [weights.Shape[0], .. sizes[first..]]), [weights.Shape[0], .. sizes[first..]], order) is not Tensor moved)
        {
            return false;
        }

        Tensor data = rewriter.Reshaped(pending.Base, pending.Shape, node.Input(0));
        rewriter.Emit(new Node(node.Operation, [data, Shaped(moved, weights.Shape), .. node.Inputs.Skip(2)], node.Outputs) { Source = node.Source });
        return true;
    }

    /// <summary>An input whose last two axes are swapped is read as a transposed one.</summary>
    public static bool BatchMatrixProduct(LayoutRewriter rewriter, Node node, BatchMatrixProduct operation)
    {
        Tensor left = node.Input(0);
        Tensor right = node.Input(1);
        PendingTransposition? swappedLeft = Swapped(rewriter.Pending(left));
        PendingTransposition? swappedRight = Swapped(rewriter.Pending(right));
        if (swappedLeft is null && swappedRight is null)
        {
            return false;
        }

        BatchMatrixProduct moved = new(operation.LeftTransposed ^ (swappedLeft is not null), operation.RightTransposed ^ (swappedRight is not null));
        rewriter.Emit(new Node(moved, [swappedLeft?.Base ?? rewriter.Made(left), swappedRight?.Base ?? rewriter.Made(right)], node.Outputs) { Source = node.Source });
        return true;
    }

    private static PendingTransposition? Swapped(PendingTransposition? pending)
    {
        return pending is not null && pending.HasOrder([.. Enumerable.Range(0, pending.Order.Length - 2), pending.Order.Length - 1, pending.Order.Length - 2]) ? pending : null;
    }

    private static Tensor Shaped(Tensor constant, int[] shape)
    {
        return new Tensor(constant.Name, constant.Type, shape)
        {
            Data = constant.Data,
            Quantization = constant.Quantization,
            Integers = constant.Integers is Tensor integers ? Shaped(integers, shape) : null,
            SourceIndex = constant.SourceIndex,
        };
    }
}
