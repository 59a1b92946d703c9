using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>Channels become blocks of pixels: [batch, height, width, block x block x channels] to [batch, height x block, width x block, channels].</summary>
internal sealed record DepthToSpace(int BlockSize) : MovementOperation
{
    public override Operands Takes() => Operands.Of(1);

    public override MovementResult Resolve(Node node)
    {
        Tensor depth = node.Input(0);
        Tensor space = node.Output();
        return DepthMovement.Of(space, depth, BlockSize) is DepthMovement movement
            ? MovementResult.Of(space, new MovementRegion(depth, 0, 0, movement.Axes.Select(axis => new MovementAxis(axis.Size, axis.TargetStride, axis.SourceStride))))
            : MovementResult.Misfit();
    }
}
