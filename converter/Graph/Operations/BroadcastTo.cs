using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>Data repeated along axes of size 1 and along new outer axes. Inputs: data, shape (which the output has already).</summary>
internal sealed record BroadcastTo : MovementOperation
{
    public override Operands Takes() => Operands.Of(1, optional: 1);

    public override MovementResult Resolve(Node node)
    {
        Tensor data = node.Input(0);
        Tensor output = node.Output();
        int added = output.Rank - data.Rank;
        if (added < 0 || data.Shape.Where((size, axis) => size != 1 && size != output.Shape[axis + added]).Any())
        {
            return MovementResult.Misfit();
        }

        long[] from = RowMajor.Strides(data.Shape);
        long[] to = RowMajor.Strides(output.Shape);
        return MovementResult.Of(
            output,
            new MovementRegion(data, 0, 0, output.Shape.Select((size, axis) =>
                new MovementAxis(size, axis < added || data.Shape[axis - added] == 1 ? 0 : from[axis - added], to[axis]))));
    }
}
