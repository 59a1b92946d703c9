using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>All inputs, one behind the other along an axis (negative: counted from the back).</summary>
internal sealed record Concatenation(int Axis) : MovementOperation
{
    public override Operands Takes() => Operands.Many;

    public override MovementResult Resolve(Node node)
    {
        return JoinMovement.Of(node, AxisIndex.FromFront(Axis, node.Output().Rank), input => input.Shape);
    }
}
