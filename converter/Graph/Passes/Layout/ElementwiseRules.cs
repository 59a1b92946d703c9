namespace EdgeQuant.Converter.Graph.Passes.Layout;

/// <summary>Element by element, any order of axes will do.</summary>
internal static class ElementwiseRules
{
    public static bool Unary(LayoutRewriter rewriter, Node node)
    {
        Tensor output = node.Output();
        if (rewriter.Pending(node.Input(0)) is not PendingTransposition pending
            || !output.Shape.AsSpan().SequenceEqual(pending.Shape)
            || pending.Base.Quantization is { IsPerChannel: true }
            || output.Quantization is { IsPerChannel: true })
        {
            return false;
        }

        rewriter.Defer(output, rewriter.Emit(node, node.Operation, [pending.Base], output, pending.Base.Shape), pending.Order, pending.Shape);
        return true;
    }

    /// <summary>Along the last axis, which must be the base's last too.</summary>
    public static bool AlongLast(LayoutRewriter rewriter, Node node)
    {
        return rewriter.Ordered(node.Input(0)) is PendingTransposition pending && pending.Order[^1] == pending.Order.Length - 1 && Unary(rewriter, node);
    }

    /// <summary>
    /// Several inputs: all of them in the order of one. Constants are reordered now, and what has one axis of several elements only changes its
    /// shape. Anything else is transposed only where something behind asks for the base's order.
    /// </summary>
    public static bool Broadcast(LayoutRewriter rewriter, Node node)
    {
        Tensor output = node.Output();
        if (Flat(rewriter, node))
        {
            return true;
        }

        foreach (int[] order in Orders(rewriter, node))
        {
            bool force = rewriter.IsWanted(output, Permutation.Inverse(order));
            Tensor?[] inputs = [.. node.Inputs.Select(input => rewriter.InBase(input!, order, force))];
            if (!inputs.Contains(null))
            {
                int[] shape = Permutation.Apply(Permutation.Inverse(order), output.Shape);
                rewriter.Defer(output, rewriter.Emit(node, node.Operation, inputs, output, shape), order, output.Shape);
                return true;
            }
        }

        return false;
    }

    /// <summary>The orders of inputs that have as many axes as the output.</summary>
    private static List<int[]> Orders(LayoutRewriter rewriter, Node node)
    {
        return [.. node.Inputs
            .Select(rewriter.Ordered)
            .OfType<PendingTransposition>()
            .Where(pending => pending.Shape.Length == node.Output().Rank)
            .Select(pending => pending.Order)
            .DistinctBy(order => string.Join(',', order), StringComparer.Ordinal)];
    }

    /// <summary>
    /// Inputs that are ordered alike and then flattened alike, and constants of as many elements or one: the elements are paired up as they lie in
    /// the base.
    /// </summary>
    private static bool Flat(LayoutRewriter rewriter, Node node)
    {
        Tensor output = node.Output();
        if (node.Inputs.Select(rewriter.Pending).FirstOrDefault(pending => pending is not null) is not { IsReshaped: true } first
            || !output.Shape.AsSpan().SequenceEqual(first.Shape))
        {
            return false;
        }

        Tensor?[] inputs = new Tensor?[node.Inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            Tensor input = node.Input(i);
            inputs[i] = rewriter.Pending(input) is PendingTransposition pending
                ? pending.Order.AsSpan().SequenceEqual(first.Order) && pending.Shape.AsSpan().SequenceEqual(first.Shape) && pending.Base.Shape.AsSpan().SequenceEqual(first.Base.Shape) ? pending.Base : null
                : FlatConstant(input, first);
        }

        if (inputs.Contains(null))
        {
            return false;
        }

        rewriter.Defer(output, rewriter.Emit(node, node.Operation, inputs, output, first.Base.Shape), first.Order, first.Shape);
        return true;
    }

    private static Tensor? FlatConstant(Tensor constant, PendingTransposition pending)
    {
        return !constant.IsConstant || constant.ElementCount == 1
            ? constant.IsConstant ? constant : null
            : constant.ElementCount == pending.Base.ElementCount && constant.Quantization is not { IsPerChannel: true }
                ? TransposedConstant.Of(constant, pending.TransposedShape, Permutation.Inverse(pending.Order))
                : null;
    }
}
