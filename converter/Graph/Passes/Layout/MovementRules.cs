namespace EdgeQuant.Converter.Graph.Passes.Layout;

/// <summary>Operations that are what is pending themselves.</summary>
internal static class MovementRules
{
    /// <summary>Two orders make one.</summary>
    public static bool Transpose(LayoutRewriter rewriter, Node node)
    {
        Tensor data = node.Input(0);
        Tensor output = node.Output();
        if (data.IsConstant || ConstantReader.ConstantInts(node.OptionalInput(1)) is not int[] given)
        {
            return false;
        }

        int[] order = Array.ConvertAll(given, axis => Movement.AxisIndex.FromFront(axis, output.Rank));
        if (rewriter.Ordered(data) is PendingTransposition pending)
        {
            rewriter.Defer(output, pending.Base, Permutation.Compose(pending.Order, order), output.Shape);
        }
        else
        {
            rewriter.Defer(output, rewriter.Made(data), order, output.Shape);
        }

        return true;
    }

    /// <summary>
    /// Another shape. Where it splits axes, or merges such as lie side by side in the base, the base changes its shape; else the change is
    /// remembered with the order. Two changes make one.
    /// </summary>
    public static bool Reshape(LayoutRewriter rewriter, Node node)
    {
        Tensor data = node.Input(0);
        Tensor output = node.Output();
        if (rewriter.Pending(data) is not PendingTransposition pending)
        {
            if (data.IsConstant)
            {
                return false;
            }

            Tensor there = rewriter.Made(data);
            rewriter.Defer(output, there, [.. Enumerable.Range(0, there.Rank)], output.Shape);
            return true;
        }

        PendingTransposition reshaped = pending with { Shape = output.Shape };
        if (ReshapedAxes.Of(reshaped) is { IsSorted: true } axes)
        {
            rewriter.Defer(output, rewriter.Reshaped(pending.Base, axes.BaseShape, output), axes.Order, output.Shape);
        }
        else
        {
            rewriter.Defer(output, pending.Base, pending.Order, output.Shape);
        }

        return true;
    }
}
