namespace EdgeQuant.Converter.Graph.Movement;

/// <summary>Executes movements on the desktop.</summary>
internal static class MovementExecutor
{
    /// <summary>The bytes of a movement's target.</summary>
    /// <param name="movement">A sound movement of elements that are whole bytes.</param>
    /// <param name="bytesOf">The bytes of a source.</param>
    public static byte[] Run(TensorMovement movement, Func<Tensor, ReadOnlyMemory<byte>> bytesOf)
    {
        int size = movement.Target.Type.Bytes();
        byte[] target = new byte[movement.Target.ElementCount * size];
        if (movement.Fill is byte[] fill)
        {
            for (int i = 0; i < target.Length; i += size)
            {
                fill.CopyTo(target, i);
            }
        }

        foreach (MovementRegion region in movement.Regions)
        {
            ReadOnlyMemory<byte> source = region.Source == movement.Target ? target : bytesOf(region.Source);
            Copy(region, 0, source, region.SourceOffset, target, region.TargetOffset, size);
        }

        return target;
    }

    private static void Copy(MovementRegion region, int axis, ReadOnlyMemory<byte> source, long from, byte[] target, long to, int size)
    {
        if (axis == region.Axes.Count)
        {
            source.Span.Slice((int)from * size, size).CopyTo(target.AsSpan((int)to * size));
            return;
        }

        MovementAxis along = region.Axes[axis];
        for (int i = 0; i < along.Size; i++)
        {
            Copy(region, axis + 1, source, from + (i * along.SourceStride), target, to + (i * along.TargetStride), size);
        }
    }
}
