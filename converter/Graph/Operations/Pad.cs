using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// Data in a frame of one value. Inputs: data, paddings [rank, 2] (constant), value (optional, one element; without it the frame is the
/// output's zero point for 8-bit elements and 0 for all others).
/// </summary>
internal sealed record Pad : MovementOperation
{
    public override Operands Takes() => Operands.Of(2, optional: 1);

    public override MovementResult Resolve(Node node)
    {
        if (FrameMovement.Of(node, out MovementResult problem) is not FrameMovement frame || frame.Middle() is not MovementRegion middle)
        {
            return problem;
        }

        Tensor? value = node.OptionalInput(2);
        if (value is not null && (value.ElementCount != 1 || value.Type != frame.Output.Type))
        {
            return MovementResult.Misfit();
        }

        if (value is { IsConstant: false })
        {
            return MovementResult.Of(frame.Output, [middle, .. frame.Pieces().Select(piece => Filled(value, piece))]);
        }

        return MovementResult.Of(new TensorMovement(frame.Output, [middle]) { Fill = value?.Data?.ToArray() ?? Zero(frame.Output) });
    }

    private static MovementRegion Filled(Tensor value, FramePiece piece)
    {
        return new MovementRegion(value, 0, piece.Offset, piece.Axes(0, piece.Stride, _ => 0));
    }

    private static byte[] Zero(Tensor output)
    {
        byte[] element = new byte[Math.Max(output.Type.Bytes(), 1)];
        if (output.Type is DataType.Int8 or DataType.UInt8)
        {
            element[0] = (byte)(output.Quantization?.ZeroPoint ?? 0);
        }

        return element;
    }
}
