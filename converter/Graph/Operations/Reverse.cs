using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>Data with the order of elements turned around along some axes. Inputs: data, axes (constant).</summary>
internal sealed record Reverse : MovementOperation
{
    public override Operands Takes() => Operands.Of(2);

    public override MovementResult Resolve(Node node)
    {
        Tensor data = node.Input(0);
        if (ConstantReader.ConstantInts(node.OptionalInput(1)) is not int[] given)
        {
            return MovementResult.NotConstant("axes");
        }

        int[] axes = Array.ConvertAll(given, axis => AxisIndex.FromFront(axis, data.Rank));
        if (axes.Contains(-1) || axes.Distinct().Count() != axes.Length || !node.Output().Shape.AsSpan().SequenceEqual(data.Shape))
        {
            return MovementResult.Misfit();
        }

        long[] strides = RowMajor.Strides(data.Shape);
        long first = axes.Sum(axis => (data.Shape[axis] - 1) * strides[axis]);
        return MovementResult.Of(
            node.Output(),
            new MovementRegion(data, first, 0, data.Shape.Select((size, axis) => new MovementAxis(size, axes.Contains(axis) ? -strides[axis] : strides[axis], strides[axis]))));
    }
}
