using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>The inverse of <see cref="SpaceToBatch"/>. Inputs: data [batch, space..., rest], block shape, crops [spatial axes, 2] (both constant).</summary>
internal sealed record BatchToSpace : MovementOperation
{
    public override Operands Takes() => Operands.Of(3);

    public override MovementResult Resolve(Node node)
    {
        Tensor batch = node.Input(0);
        Tensor space = node.Output();
        return BlockMovement.Of(node, space, batch, out MovementResult problem) is BlockMovement movement
            ? MovementResult.Of(new TensorMovement(space, movement.FromBatch(batch)))
            : problem;
    }
}
