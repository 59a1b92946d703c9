using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>Data cut along an axis into outputs. Inputs: data, sizes (which the outputs have already), axis (constant).</summary>
internal sealed record SplitBySizes : MovementOperation
{
    public override Operands Takes() => Operands.Of(3).WithManyOutputs() with { ShapeInput = 1 };

    public override MovementResult Resolve(Node node)
    {
        return SplitMovement.Of(node, node.Input(0), node.OptionalInput(2));
    }
}
