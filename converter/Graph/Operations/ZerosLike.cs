using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>The integer 0 everywhere, in the shape of the input.</summary>
internal sealed record ZerosLike : MovementOperation
{
    public override Operands Takes() => Operands.Of(1) with { ShapeInput = 0 };

    public override MovementResult Resolve(Node node)
    {
        return MovementResult.Of(new TensorMovement(node.Output(), []) { Fill = new byte[Math.Max(node.Output().Type.Bytes(), 1)] });
    }
}
