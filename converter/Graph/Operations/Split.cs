using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>Data cut along an axis into equal outputs. Inputs: axis (constant), data.</summary>
internal sealed record Split : MovementOperation
{
    public override Operands Takes() => Operands.Of(2).WithManyOutputs();

    public override MovementResult Resolve(Node node)
    {
        return SplitMovement.Of(node, node.Input(1), node.OptionalInput(0));
    }
}
