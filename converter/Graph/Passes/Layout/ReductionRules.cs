using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Graph.Passes.Layout;

/// <summary>Reductions take the base's axes together; the others stay in their order.</summary>
internal static class ReductionRules
{
    public static bool Reduce(LayoutRewriter rewriter, Node node)
    {
        return Reduced(rewriter, node, axes => LayoutRewriter.Integers(node.Output(), axes));
    }

    /// <summary>ArgMaximum and ArgMinimum, which take one axis.</summary>
    public static bool Extreme(LayoutRewriter rewriter, Node node)
    {
        return Reduced(rewriter, node, axes => LayoutRewriter.Integers(node.Output(), [], axes));
    }

    private static bool Reduced(LayoutRewriter rewriter, Node node, Func<int[], Tensor> axesOf)
    {
        Tensor output = node.Output();
        if (rewriter.Ordered(node.Input(0)) is not PendingTransposition pending || ConstantReader.ConstantInts(node.OptionalInput(1)) is not int[] given)
        {
            return false;
        }

        int rank = pending.Order.Length;
        int[] axes = Array.ConvertAll(given, axis => AxisIndex.FromFront(axis, rank));
        if (axes.Contains(-1))
        {
            return false;
        }

        int[] kept = [.. pending.Shape.Select((size, axis) => axes.Contains(axis) ? 1 : size)];
        int[] left = [.. pending.Shape.Where((_, axis) => !axes.Contains(axis))];
        bool keeps = output.Shape.AsSpan().SequenceEqual(kept);
        if (!keeps && !output.Shape.AsSpan().SequenceEqual(left))
        {
            return false;
        }

        int[] order = keeps ? pending.Order : Permutation.Without(pending.Order, axes.Contains);
        int[] shape = Permutation.Apply(Permutation.Inverse(order), output.Shape);
        Tensor[] inputs = [pending.Base, axesOf(Array.ConvertAll(axes, axis => pending.Order[axis]))];
        rewriter.Defer(output, rewriter.Emit(node, node.Operation, inputs, output, shape), order, output.Shape);
        return true;
    }
}
