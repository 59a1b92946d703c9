namespace EdgeQuant.Converter.Graph.Movement;

/// <summary>A piece of the frame around a padded tensor.</summary>
/// <param name="Axis">The axis along which it stands before or behind the middle.</param>
/// <param name="IsBefore">Whether it stands before it.</param>
/// <param name="Size">Its size along the axis.</param>
/// <param name="Offset">Its first element in the padded tensor.</param>
/// <param name="Stride">The stride of the axis.</param>
/// <param name="Others">Size and stride of the piece's other axes, outermost first.</param>
internal sealed record FramePiece(int Axis, bool IsBefore, int Size, long Offset, long Stride, IReadOnlyList<(int Size, long Stride)> Others)
{
    /// <summary>The axes of a region that writes the piece, outermost first.</summary>
    /// <param name="sourceStride">The source's stride along the piece's own axis.</param>
    /// <param name="targetStride">The target's stride along it.</param>
    /// <param name="sourceStrideOf">The source's stride along another axis, by the target's.</param>
    public IEnumerable<MovementAxis> Axes(long sourceStride, long targetStride, Func<long, long> sourceStrideOf)
    {
        return Others
            .Select(other => new MovementAxis(other.Size, sourceStrideOf(other.Stride), other.Stride))
            .SkipLast(1)
            .Append(new MovementAxis(Size, sourceStride, targetStride))
            .Append(new MovementAxis(Others[^1].Size, sourceStrideOf(1), 1));
    }
}
