namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>The elements that a slice takes of an axis.</summary>
/// <param name="First">The first one.</param>
/// <param name="Step">The distance from one to the next, negative to go backwards.</param>
/// <param name="Count">How many.</param>
internal readonly record struct SliceRange(int First, int Step, int Count)
{
    /// <summary>The element behind the last one; -1 and less before the first.</summary>
    public long End => First + ((long)Step * Count);

    /// <summary>Negative starts and ends count from the back; what reaches beyond the axis is cut.</summary>
    public static SliceRange Of(long start, long end, long step, int size)
    {
        long lowest = step > 0 ? 0 : -1;
        long highest = step > 0 ? size : size - 1;
        long first = Math.Clamp(start < 0 ? Math.Max(start, -size - 1L) + size : start, Math.Max(lowest, 0), highest);
        long last = Math.Clamp(end < 0 ? Math.Max(end, -size - 1L) + size : end, lowest, highest);
        long stride = Math.Clamp(step, -int.MaxValue, int.MaxValue);
        long count = stride > 0 ? (last - first + stride - 1) / stride : (first - last - stride - 1) / -stride;
        return new SliceRange((int)first, count <= 1 ? 1 : (int)stride, (int)Math.Max(count, 0));
    }
}
