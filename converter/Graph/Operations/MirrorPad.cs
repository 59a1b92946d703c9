using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>Data in a frame that mirrors it. Inputs: data, paddings [rank, 2] (constant).</summary>
internal sealed record MirrorPad(MirrorMode Mode) : MovementOperation
{
    public override Operands Takes() => Operands.Of(2);

    public override MovementResult Resolve(Node node)
    {
        if (FrameMovement.Of(node, out MovementResult problem) is not FrameMovement frame)
        {
            return problem;
        }

        int skipped = Mode == MirrorMode.Reflect ? 1 : 0;
        for (int axis = 0; axis < frame.Input.Rank; axis++)
        {
            if (Math.Max(frame.Before[axis], frame.After[axis]) > frame.Input.Shape[axis] - skipped)
            {
                return MovementResult.Refuse("A mirrored padding is larger than what it mirrors.", "Pad by less than the size of the axis.");
            }
        }

        return MovementResult.Of(frame.Output, [frame.Middle(), .. frame.Pieces().Select(piece => Mirrored(frame, piece, skipped))]);
    }

    /// <summary>The piece is copied from what already stands in the output, away from the border on both sides.</summary>
    private static MovementRegion Mirrored(FrameMovement frame, FramePiece piece, int skipped)
    {
        long nearest = piece.IsBefore ? piece.Offset + ((piece.Size - 1) * piece.Stride) : piece.Offset;
        long away = piece.IsBefore ? -piece.Stride : piece.Stride;
        return new MovementRegion(
            frame.Output,
            nearest - ((1 + skipped) * away),
            nearest,
            piece.Axes(-away, away, other => other));
    }
}
