using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>The slices of input 0 along an axis (negative: counted from the back), which the outputs no longer have.</summary>
internal sealed record Unstack(int Axis) : MovementOperation
{
    public override Operands Takes() => Operands.Of(1).WithManyOutputs();

    public override MovementResult Resolve(Node node)
    {
        Tensor data = node.Input(0);
        int axis = AxisIndex.FromFront(Axis, data.Rank);
        if (axis < 0 || data.Shape[axis] != node.Outputs.Length)
        {
            return MovementResult.Misfit();
        }

        int[] size = [.. data.Shape[..axis], 1, .. data.Shape[(axis + 1)..]];
        int[] sliced = [.. data.Shape[..axis], .. data.Shape[(axis + 1)..]];
        List<TensorMovement> movements = [];
        for (int i = 0; i < node.Outputs.Length; i++)
        {
            int[] start = new int[data.Rank];
            start[axis] = i;
            MovementRegion? region = MovementRegion.Box(data, data.Shape, start, size, new int[data.Rank], size);
            if (region is null || !node.Outputs[i].Shape.AsSpan().SequenceEqual(sliced))
            {
                return MovementResult.Misfit();
            }

            movements.Add(new TensorMovement(node.Outputs[i], [region]));
        }

        return MovementResult.Of(movements);
    }
}
