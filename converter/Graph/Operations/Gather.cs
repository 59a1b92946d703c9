using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// Slices of the data along an axis at positions that the indices give. Inputs: data, indices. The output is
/// [axes of the data before the axis, axes of the indices after the batch axes, axes of the data behind the axis].
/// </summary>
/// <param name="Axis">The axis of the data; negative: counted from the back.</param>
/// <param name="BatchAxes">How many outer axes data and indices share; negative: counted from the back of the indices.</param>
internal sealed record Gather(int Axis, int BatchAxes) : MovementOperation
{
    public override Operands Takes() => Operands.Of(2);

    /// <summary>Constant indices that are equally far apart are a strided slice; of data that is no constant all others are gathered at run time.</summary>
    public override MovementResult Resolve(Node node)
    {
        Tensor data = node.Input(0);
        Tensor output = node.Output();
        if (GatherShape.Of(node, this) is not GatherShape shape)
        {
            return MovementResult.Misfit();
        }

        int[]? indices = ConstantReader.ConstantInts(node.Input(1));
        if (indices is null)
        {
            return MovementResult.AtRunTime;
        }

        if (Array.Exists(indices, index => index < 0 || index >= shape.AxisSize))
        {
            return MovementResult.Refuse("A constant index lies outside the axis.", "Correct the indices in the source network.");
        }

        int step = indices.Length > 1 ? indices[1] - indices[0] : 0;
        bool even = Enumerable.Range(0, indices.Length).All(i => indices[i] == indices[0] + (i * (long)step));
        if (shape.Batches == 1 && even)
        {
            return MovementResult.Of(output, Slices(data, shape, indices[0], step, 0, shape.Positions));
        }

        return shape.Batches == 1 && data.IsConstant
            ? MovementResult.Of(output, [.. indices.Select((index, position) => Slices(data, shape, index, 0, position, 1))])
            : MovementResult.AtRunTime;
    }

    private static MovementRegion Slices(Tensor data, GatherShape shape, int index, int step, int position, int positions)
    {
        long inner = shape.Inner;
        return new MovementRegion(data, index * inner, position * inner,
        [
            new MovementAxis(shape.Outer, shape.AxisSize * inner, shape.Positions * inner),
            new MovementAxis(positions, step * inner, inner),
            new MovementAxis(shape.Inner, 1, 1),
        ]);
    }
}
