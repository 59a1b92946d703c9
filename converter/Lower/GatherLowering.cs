using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Movement;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>Slices at positions that a tensor gives.</summary>
internal static class GatherLowering
{
    private const int LongestTuple = 8;

    public static void Lower(LoweringContext context, Node node, Gather operation)
    {
        if (Movements.Resolve(node) != MovementResult.AtRunTime || GatherShape.Of(node, operation) is not GatherShape shape)
        {
            MovementLowering.Lower(context, node);
            return;
        }

        Emit(context, node, node.Input(0), node.Input(1), shape.Batches, shape.Outer, shape.Inner, [(shape.AxisSize, shape.Inner)]);
    }

    /// <summary>Indices [..., tuple] into the outer axes of the data.</summary>
    public static void LowerTuples(LoweringContext context, Node node)
    {
        Tensor data = node.Input(0);
        Tensor indices = node.Input(1);
        int tuple = indices.Rank == 0 ? 0 : indices.Shape[^1];
        if (tuple < 1 || tuple > Math.Min(data.Rank, LongestTuple) || !node.Output().Shape.SequenceEqual(indices.Shape.SkipLast(1).Concat(data.Shape.Skip(tuple))))
        {
            Misfit(context);
            return;
        }

        long[] strides = RowMajor.Strides(data.Shape);
        int slice = data.Shape.Skip(tuple).Aggregate(1, (product, size) => product * size);
        Emit(context, node, data, indices, 1, 1, slice, [.. Enumerable.Range(0, tuple).Select(axis => (data.Shape[axis], (int)strides[axis]))]);
    }

    /// <summary>Rows of a table (input 1) at indices (input 0).</summary>
    public static void LowerRows(LoweringContext context, Node node)
    {
        Tensor indices = node.Input(0);
        Tensor table = node.Input(1);
        if (table.Rank < 1 || !node.Output().Shape.SequenceEqual(indices.Shape.Concat(table.Shape.Skip(1))))
        {
            Misfit(context);
            return;
        }

        int row = table.Shape.Skip(1).Aggregate(1, (product, size) => product * size);
        Emit(context, node, table, indices, 1, 1, row, [(table.Shape[0], row)]);
    }

    /// <param name="context">Where the operator is emitted.</param>
    /// <param name="node">The node, for its output.</param>
    /// <param name="data">[batches, outer, ...].</param>
    /// <param name="indices">[batches, positions, tuple].</param>
    /// <param name="batches">Outer axes that data and indices share.</param>
    /// <param name="outer">Axes of the data between the batches and the indexed axes.</param>
    /// <param name="slice">Elements of a slice.</param>
    /// <param name="tuple">Size and stride in elements of each indexed axis.</param>
    private static void Emit(
        LoweringContext context, Node node, Tensor data, Tensor indices, int batches, int outer, int slice, (int Size, int Stride)[] tuple)
    {
        Tensor output = node.Output();
        if (data.Type != output.Type || data.Type.Bytes() == 0 || output.ElementCount == 0)
        {
            context.Refuse(
                $"Data of the type {data.Type} cannot be gathered into {output.Type}.",
                "Give both the same quantized type: floating point is supported at the network's inputs and outputs only.");
            return;
        }

        int[]? constant = ConstantReader.ConstantInts(indices);
        if (constant is not null && constant.Where((index, i) => index < 0 || index >= tuple[i % tuple.Length].Size).Any())
        {
            context.Refuse("A constant index lies outside its axis.", "Correct the indices in the source network.");
            return;
        }

        if (IndexOperand.Of(context, indices) is not LoweredTensor index)
        {
            return;
        }

        int size = data.Type.Bytes();
        context.Emit(
            OperatorKind.Gather,
            [context.Operand(data), index],
            [context.Operand(output)],
            [batches, outer, tuple.Length, slice * size, .. tuple.SelectMany(axis => new[] { axis.Size, axis.Stride * size })]);
    }

    private static void Misfit(LoweringContext context)
    {
        context.Refuse("The shapes of data, indices and output do not fit each other.", "Convert the source network again.");
    }
}
