using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>Blocks of pixels become channels: [batch, height, width, channels] to [batch, height / block, width / block, block x block x channels].</summary>
internal sealed record SpaceToDepth(int BlockSize) : MovementOperation
{
    public override Operands Takes() => Operands.Of(1);

    public override MovementResult Resolve(Node node)
    {
        Tensor space = node.Input(0);
        Tensor depth = node.Output();
        return DepthMovement.Of(space, depth, BlockSize) is DepthMovement movement
            ? MovementResult.Of(depth, new MovementRegion(space, 0, 0, movement.Axes))
            : MovementResult.Misfit();
    }
}
