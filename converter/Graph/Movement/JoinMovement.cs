namespace EdgeQuant.Converter.Graph.Movement;

/// <summary>Tensors put one behind the other along an axis.</summary>
internal static class JoinMovement
{
    /// <summary>The output is made of all inputs.</summary>
    /// <param name="node">Any number of inputs, one output.</param>
    /// <param name="axis">The axis of the output, counted from the front.</param>
    /// <param name="shapeOf">An input's shape, with the rank of the output.</param>
    public static MovementResult Of(Node node, int axis, Func<Tensor, int[]> shapeOf)
    {
        Tensor output = node.Output();
        if (axis < 0)
        {
            return MovementResult.Misfit();
        }

        List<MovementRegion?> regions = [];
        int[] start = new int[output.Rank];
        foreach (Tensor input in node.Inputs.OfType<Tensor>().Where(input => input.ElementCount > 0))
        {
            int[] shape = shapeOf(input);
            regions.Add(MovementRegion.Box(input, shape, new int[shape.Length], output.Shape, start, shape));
            if (regions[^1] is null)
            {
                return MovementResult.Misfit();
            }

            start[axis] += shape[axis];
        }

        return MovementResult.Of(output, regions);
    }
}
