namespace EdgeQuant.Converter.Graph.Movement;

/// <summary>A tensor cut along one axis into the node's outputs.</summary>
internal static class SplitMovement
{
    /// <summary>Each output is the next piece of the data; the outputs' shapes say how long it is.</summary>
    public static MovementResult Of(Node node, Tensor data, Tensor? axisTensor)
    {
        if (ConstantReader.ConstantInts(axisTensor) is not [int given])
        {
            return MovementResult.NotConstant("axis");
        }

        int axis = AxisIndex.FromFront(given, data.Rank);
        if (axis < 0 || Array.Exists(node.Outputs, output => output.Rank != data.Rank) || node.Outputs.Sum(output => (long)output.Shape[axis]) != data.Shape[axis])
        {
            return MovementResult.Misfit();
        }

        List<TensorMovement> movements = [];
        int[] start = new int[data.Rank];
        foreach (Tensor output in node.Outputs)
        {
            MovementRegion? region = MovementRegion.Box(data, data.Shape, start, output.Shape, new int[data.Rank], output.Shape);
            if (region is null)
            {
                return MovementResult.Misfit();
            }

            movements.Add(new TensorMovement(output, [region]));
            start[axis] += output.Shape[axis];
        }

        return MovementResult.Of(movements);
    }
}
