namespace EdgeQuant.Converter.Graph.Movement;

/// <summary>Blocks of pixels as channels: the axes of the region from the space tensor (source) to the depth tensor (target).</summary>
internal sealed record DepthMovement(IReadOnlyList<MovementAxis> Axes)
{
    /// <summary>Null if the shapes do not fit.</summary>
    /// <param name="space">[batch, height x block, width x block, channels].</param>
    /// <param name="depth">[batch, height, width, block x block x channels].</param>
    /// <param name="block">Pixels along each side of a block.</param>
    public static DepthMovement? Of(Tensor space, Tensor depth, int block)
    {
        if (space.Rank != 4
            || depth.Rank != 4
            || block < 1
            || space.Shape[0] != depth.Shape[0]
            || space.Shape[1] != (long)depth.Shape[1] * block
            || space.Shape[2] != (long)depth.Shape[2] * block
            || depth.Shape[3] != (long)space.Shape[3] * block * block)
        {
            return null;
        }

        long[] from = RowMajor.Strides(space.Shape);
        long[] to = RowMajor.Strides(depth.Shape);
        int channels = space.Shape[3];
        return new DepthMovement(
        [
            new MovementAxis(depth.Shape[0], from[0], to[0]),
            new MovementAxis(depth.Shape[1], from[1] * block, to[1]),
            new MovementAxis(depth.Shape[2], from[2] * block, to[2]),
            new MovementAxis(block, from[1], (long)block * channels),
            new MovementAxis(block, from[2], channels),
            new MovementAxis(channels, 1, 1),
        ]);
    }
}
