using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>All inputs, of one shape, side by side along a new axis of the output (negative: counted from the back).</summary>
internal sealed record Stack(int Axis) : MovementOperation
{
    public override Operands Takes() => Operands.Many;

    public override MovementResult Resolve(Node node)
    {
        int rank = node.Output().Rank;
        int axis = AxisIndex.FromFront(Axis, rank);
        return Array.Exists(node.Inputs, input => input?.Rank != rank - 1)
            ? MovementResult.Misfit()
            : JoinMovement.Of(node, axis, input => [.. input.Shape[..axis], 1, .. input.Shape[axis..]]);
    }
}
