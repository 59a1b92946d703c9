using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>Data with its axes in another order. Inputs: data, permutation (constant): axis i of the output is axis permutation[i] of the data.</summary>
internal sealed record Transpose : MovementOperation
{
    public override Operands Takes() => Operands.Of(2);

    public override MovementResult Resolve(Node node)
    {
        Tensor data = node.Input(0);
        Tensor output = node.Output();
        if (ConstantReader.ConstantInts(node.OptionalInput(1)) is not int[] permutation)
        {
            return MovementResult.NotConstant("permutation");
        }

        int[] axes = Array.ConvertAll(permutation, axis => AxisIndex.FromFront(axis, data.Rank));
        if (axes.Length != data.Rank
            || output.Rank != data.Rank
            || !axes.Order().SequenceEqual(Enumerable.Range(0, data.Rank))
            || !output.Shape.SequenceEqual(axes.Select(axis => data.Shape[axis])))
        {
            return MovementResult.Misfit();
        }

        long[] from = RowMajor.Strides(data.Shape);
        long[] to = RowMajor.Strides(output.Shape);
        return MovementResult.Of(output, new MovementRegion(data, 0, 0, axes.Select((axis, i) => new MovementAxis(output.Shape[i], from[axis], to[i]))));
    }
}
