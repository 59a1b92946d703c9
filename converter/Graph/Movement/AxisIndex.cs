namespace EdgeQuant.Converter.Graph.Movement;

/// <summary>Axes counted from the front or, if negative, from the back.</summary>
internal static class AxisIndex
{
    /// <summary>The axis counted from the front; -1 if there is no such axis.</summary>
    public static int FromFront(long axis, int rank)
    {
        long index = axis < 0 ? axis + rank : axis;
        return index >= 0 && index < rank ? (int)index : -1;
    }
}
