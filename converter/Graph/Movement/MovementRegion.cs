namespace EdgeQuant.Converter.Graph.Movement;

/// <summary>
/// A part of a tensor that is copied from a part of another: for every index (i0, i1, ...) the element at offset + i0 x stride0 + ..., with
/// offset and strides of its own on either side. All in elements.
/// </summary>
internal sealed class MovementRegion
{
    /// <summary>Makes a region in its simplest form: without axes of size 1, and with axes merged that step through memory as one.</summary>
    /// <param name="source">Where the elements come from; the target itself where earlier regions wrote them.</param>
    /// <param name="sourceOffset">The first element in the source.</param>
    /// <param name="targetOffset">The first element in the target.</param>
    /// <param name="axes">Outermost first.</param>
    public MovementRegion(Tensor source, long sourceOffset, long targetOffset, IEnumerable<MovementAxis> axes)
    {
        Source = source;
        SourceOffset = sourceOffset;
        TargetOffset = targetOffset;
        Axes = Simplified(axes);
    }

    public Tensor Source { get; }

    public long SourceOffset { get; }

    public long TargetOffset { get; }

    /// <summary>Outermost first.</summary>
    public IReadOnlyList<MovementAxis> Axes { get; }

    /// <summary>The number of elements.</summary>
    public long ElementCount => Axes.Aggregate(1L, (product, axis) => checked(product * axis.Size));

    /// <summary>True if it is one piece of memory on both sides.</summary>
    public bool IsContiguous => Axes.Count == 0 || (Axes.Count == 1 && Axes[0] is { SourceStride: 1, TargetStride: 1 });

    /// <summary>True if every index lies inside both tensors.</summary>
    public bool IsInside(Tensor target)
    {
        return Inside(SourceOffset, axis => axis.SourceStride, Source.ElementCount) && Inside(TargetOffset, axis => axis.TargetStride, target.ElementCount);
    }

    /// <summary>A box of one row-major tensor that becomes a box of another.</summary>
    /// <param name="source">Where the elements come from.</param>
    /// <param name="sourceShape">Its shape, or one with as many elements.</param>
    /// <param name="sourceStart">The box's first index on each axis of the source.</param>
    /// <param name="targetShape">The target's shape.</param>
    /// <param name="targetStart">The box's first index on each axis of the target.</param>
    /// <param name="size">The box's size on each axis.</param>
    /// <returns>Null if the box is not inside both.</returns>
    public static MovementRegion? Box(Tensor source, int[] sourceShape, int[] sourceStart, int[] targetShape, int[] targetStart, int[] size)
    {
        int rank = size.Length;
        if (sourceShape.Length != rank || sourceStart.Length != rank || targetShape.Length != rank || targetStart.Length != rank)
        {
            return null;
        }

        long[] sourceStrides = RowMajor.Strides(sourceShape);
        long[] targetStrides = RowMajor.Strides(targetShape);
        long from = 0;
        long to = 0;
        MovementAxis[] axes = new MovementAxis[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            if (size[axis] < 1 || !Fits(sourceStart[axis], size[axis], sourceShape[axis]) || !Fits(targetStart[axis], size[axis], targetShape[axis]))
            {
                return null;
            }

            axes[axis] = new MovementAxis(size[axis], sourceStrides[axis], targetStrides[axis]);
            from += sourceStart[axis] * sourceStrides[axis];
            to += targetStart[axis] * targetStrides[axis];
        }

        return new MovementRegion(source, from, to, axes);
    }

    private static bool Fits(int start, int size, int limit)
    {
        return start >= 0 && size <= limit - start;
    }

    private static List<MovementAxis> Simplified(IEnumerable<MovementAxis> axes)
    {
        List<MovementAxis> kept = [];
        foreach (MovementAxis axis in axes.Where(axis => axis.Size != 1))
        {
            if (kept.Count > 0 && kept[^1].SourceStride == axis.SourceStride * axis.Size && kept[^1].TargetStride == axis.TargetStride * axis.Size)
            {
                kept[^1] = axis with { Size = checked(kept[^1].Size * axis.Size) };
            }
            else
            {
                kept.Add(axis);
            }
        }

        return kept;
    }

    private bool Inside(long offset, Func<MovementAxis, long> stride, int elements)
    {
        long lowest = offset;
        long highest = offset;
        foreach (MovementAxis axis in Axes)
        {
            long reach = (axis.Size - 1) * stride(axis);
            lowest += Math.Min(reach, 0);
            highest += Math.Max(reach, 0);
        }

        return lowest >= 0 && highest < elements;
    }
}
