namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>What a strided slice takes of an axis of its data (-1: a new axis).</summary>
/// <param name="Axis">The axis.</param>
/// <param name="First">The first index.</param>
/// <param name="Stride">The distance to the next; negative to go backwards.</param>
/// <param name="Count">The number of elements.</param>
/// <param name="Shrinks">True if the output does not have the axis.</param>
internal readonly record struct AxisRange(int Axis, long First, int Stride, int Count, bool Shrinks)
{
    public static AxisRange New => new(-1, 0, 1, 1, Shrinks: false);

    public static AxisRange Whole(int axis, int size)
    {
        return new AxisRange(axis, 0, 1, size, Shrinks: false);
    }
}
