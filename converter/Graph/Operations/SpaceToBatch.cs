using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// Every n-th position of the spatial axes becomes a batch of its own. Inputs: data [batch, space..., rest], block shape, paddings
/// [spatial axes, 2] (both constant); the padding is the output's zero point.
/// </summary>
internal sealed record SpaceToBatch : MovementOperation
{
    public override Operands Takes() => Operands.Of(3);

    public override MovementResult Resolve(Node node)
    {
        Tensor space = node.Input(0);
        Tensor batch = node.Output();
        if (BlockMovement.Of(node, space, batch, out MovementResult problem) is not BlockMovement movement)
        {
            return problem;
        }

        // The reference sets every byte of the padding to the zero point, whatever the element's size.
        byte[] fill = new byte[Math.Max(batch.Type.Bytes(), 1)];
        Array.Fill(fill, (byte)(batch.Quantization?.ZeroPoint ?? 0));
        return MovementResult.Of(new TensorMovement(batch, movement.FromSpace(space)) { Fill = fill });
    }
}
