using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>Data repeated as a whole along its axes. Inputs: data, how often for each axis (which the output's shape says already).</summary>
internal sealed record Tile : MovementOperation
{
    public override Operands Takes() => Operands.Of(1, optional: 1);

    public override MovementResult Resolve(Node node)
    {
        Tensor data = node.Input(0);
        Tensor output = node.Output();
        if (output.Rank != data.Rank || data.Shape.Where((size, axis) => size < 1 || output.Shape[axis] % size != 0).Any())
        {
            return MovementResult.Misfit();
        }

        long[] from = RowMajor.Strides(data.Shape);
        long[] to = RowMajor.Strides(output.Shape);
        return MovementResult.Of(
            output,
            new MovementRegion(data, 0, 0, data.Shape.SelectMany((size, axis) => new[]
            {
                new MovementAxis(output.Shape[axis] / size, 0, to[axis] * size),
                new MovementAxis(size, from[axis], to[axis]),
            })));
    }
}
