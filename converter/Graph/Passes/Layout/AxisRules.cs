using EdgeQuant.Converter.Graph.Movement;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes.Layout;

/// <summary>Operations that name axes, or have a parameter for each: they name the base's.</summary>
internal static class AxisRules
{
    public static bool Concatenation(LayoutRewriter rewriter, Node node, Concatenation operation)
    {
        Tensor output = node.Output();
        int axis = AxisIndex.FromFront(operation.Axis, output.Rank);
        foreach (PendingTransposition pending in node.Inputs.Select(rewriter.Ordered).OfType<PendingTransposition>().DistinctBy(pending => string.Join(',', pending.Order), StringComparer.Ordinal))
        {
            bool force = rewriter.IsWanted(output, Permutation.Inverse(pending.Order));
            Tensor?[] inputs = [.. node.Inputs.Select(input => rewriter.InBase(input!, pending.Order, force))];

            // A constant of one element keeps its shape in other operations; here it has as many axes as the rest.
            if (axis >= 0 && Array.TrueForAll(inputs, input => input?.Rank == output.Rank))
            {
                int[] shape = Permutation.Apply(Permutation.Inverse(pending.Order), output.Shape);
                rewriter.Defer(output, rewriter.Emit(node, new Concatenation(pending.Order[axis]), inputs, output, shape), pending.Order, output.Shape);
                return true;
            }
        }

        return false;
    }

    public static bool Split(LayoutRewriter rewriter, Node node)
    {
        return Parts(rewriter, node, node.Input(1), node.OptionalInput(0), (data, axis) => [axis, data]);
    }

    public static bool SplitBySizes(LayoutRewriter rewriter, Node node)
    {
        return Parts(rewriter, node, node.Input(0), node.OptionalInput(2), (data, axis) => [data, node.Inputs[1], axis]);
    }

    public static bool Slice(LayoutRewriter rewriter, Node node)
    {
        if (rewriter.Ordered(node.Input(0)) is not PendingTransposition pending || ConstantReader.ConstantInts(node.OptionalInput(1)) is not { } first || first.Length != pending.Order.Length)
        {
            return false;
        }

        Tensor output = node.Output();
        int[] back = Permutation.Inverse(pending.Order);
        int[] shape = Permutation.Apply(back, output.Shape);
        Tensor[] inputs = [pending.Base, LayoutRewriter.Integers(output, Permutation.Apply(back, first)), LayoutRewriter.Integers(output, shape)];
        rewriter.Defer(output, rewriter.Emit(node, node.Operation, inputs, output, shape), pending.Order, output.Shape);
        return true;
    }

    public static bool StridedSlice(LayoutRewriter rewriter, Node node, StridedSlice operation)
    {
        if (operation.EllipsisMask != 0
            || operation.NewAxisMask != 0
            || operation.ShrinkAxisMask != 0
            || rewriter.Ordered(node.Input(0)) is not PendingTransposition pending
            || node.Inputs.Skip(1).Any(input => ConstantReader.ConstantInts(input)?.Length != pending.Order.Length))
        {
            return false;
        }

        Tensor output = node.Output();
        int[] back = Permutation.Inverse(pending.Order);
        int mask(int given) => back.Select((axis, i) => (given >> axis & 1) << i).Sum();
        Tensor?[] inputs = [pending.Base, .. node.Inputs.Skip(1).Select(input => LayoutRewriter.Integers(output, Permutation.Apply(back, ConstantReader.ConstantInts(input)!)))];
        StridedSlice moved = operation with { BeginMask = mask(operation.BeginMask), EndMask = mask(operation.EndMask) };
        rewriter.Defer(output, rewriter.Emit(node, moved, inputs, output, Permutation.Apply(back, output.Shape)), pending.Order, output.Shape);
        return true;
    }

    public static bool Pad(LayoutRewriter rewriter, Node node)
    {
        if (rewriter.Ordered(node.Input(0)) is not PendingTransposition pending || ConstantReader.ConstantInts(node.OptionalInput(1)) is not { } widths || widths.Length != 2 * pending.Order.Length)
        {
            return false;
        }

        Tensor output = node.Output();
        int[] back = Permutation.Inverse(pending.Order);
        Tensor paddings = LayoutRewriter.Integers(output, [back.Length, 2], back.SelectMany(axis => new[] { widths[2 * axis], widths[(2 * axis) + 1] }));
        Tensor?[] inputs = [pending.Base, paddings, .. node.Inputs.Skip(2)];
        rewriter.Defer(output, rewriter.Emit(node, node.Operation, inputs, output, Permutation.Apply(back, output.Shape)), pending.Order, output.Shape);
        return true;
    }

    public static bool Reverse(LayoutRewriter rewriter, Node node)
    {
        if (rewriter.Ordered(node.Input(0)) is not PendingTransposition pending || ConstantReader.ConstantInts(node.OptionalInput(1)) is not int[] given)
        {
            return false;
        }

        int[] axes = Array.ConvertAll(given, axis => AxisIndex.FromFront(axis, pending.Order.Length));
        return !axes.Contains(-1) && Same(rewriter, node, pending, [pending.Base, LayoutRewriter.Integers(node.Output(), Array.ConvertAll(axes, axis => pending.Order[axis]))]);
    }

    public static bool CumulativeSum(LayoutRewriter rewriter, Node node)
    {
        return rewriter.Ordered(node.Input(0)) is PendingTransposition pending
            && ConstantReader.ConstantInts(node.OptionalInput(1)) is [int given]
            && AxisIndex.FromFront(given, pending.Order.Length) is >= 0 and int axis
            && Same(rewriter, node, pending, [pending.Base, LayoutRewriter.Integers(node.Output(), [], [pending.Order[axis]])]);
    }

    /// <summary>Tile and BroadcastTo: what they repeat follows from the output's shape.</summary>
    public static bool Repeat(LayoutRewriter rewriter, Node node)
    {
        return rewriter.Ordered(node.Input(0)) is PendingTransposition pending
            && node.Output().Rank == pending.Order.Length
            && Same(rewriter, node, pending, [pending.Base]);
    }

    /// <summary>A vector of constant indices keeps the axis, a scalar takes it away.</summary>
    public static bool Gather(LayoutRewriter rewriter, Node node, Gather operation)
    {
        Tensor output = node.Output();
        Tensor indices = node.Input(1);
        if (operation.BatchAxes != 0
            || indices.Rank > 1
            || rewriter.Pending(indices) is not null
            || rewriter.Ordered(node.Input(0)) is not PendingTransposition pending
            || AxisIndex.FromFront(operation.Axis, pending.Order.Length) is not (>= 0 and int axis))
        {
            return false;
        }

        int[] order = indices.Rank == 1 ? pending.Order : Permutation.Without(pending.Order, other => other == axis);
        Gather moved = new(pending.Order[axis], 0);
        rewriter.Defer(output, rewriter.Emit(node, moved, [pending.Base, indices], output, Permutation.Apply(Permutation.Inverse(order), output.Shape)), order, output.Shape);
        return true;
    }

    private static bool Same(LayoutRewriter rewriter, Node node, PendingTransposition pending, Tensor?[] inputs)
    {
        Tensor output = node.Output();
        int[] shape = Permutation.Apply(Permutation.Inverse(pending.Order), output.Shape);
        rewriter.Defer(output, rewriter.Emit(node, node.Operation, inputs, output, shape), pending.Order, output.Shape);
        return true;
    }

    private static bool Parts(LayoutRewriter rewriter, Node node, Tensor data, Tensor? given, Func<Tensor, Tensor, Tensor?[]> inputs)
    {
        if (rewriter.Ordered(data) is not PendingTransposition pending
            || ConstantReader.ConstantInts(given) is not [int named]
            || AxisIndex.FromFront(named, pending.Order.Length) is not (>= 0 and int axis))
        {
            return false;
        }

        int[] back = Permutation.Inverse(pending.Order);
        Tensor[] parts = [.. node.Outputs.Select(output =>
            new Tensor(output.Name, output.Type, Permutation.Apply(back, output.Shape)) { Quantization = output.Quantization, SourceIndex = output.SourceIndex })];
        rewriter.Emit(new Node(node.Operation, inputs(pending.Base, LayoutRewriter.Integers(data, [], [pending.Order[axis]])), parts) { Source = node.Source });
        for (int i = 0; i < parts.Length; i++)
        {
            rewriter.Defer(node.Outputs[i], parts[i], pending.Order, node.Outputs[i].Shape);
        }

        return true;
    }
}
