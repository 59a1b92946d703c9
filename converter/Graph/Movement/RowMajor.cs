namespace EdgeQuant.Converter.Graph.Movement;

/// <summary>The layout of all tensors: the last axis is contiguous.</summary>
internal static class RowMajor
{
    /// <summary>The distance in elements from one index to the next, for each axis.</summary>
    public static long[] Strides(int[] shape)
    {
        long[] strides = new long[shape.Length];
        long stride = 1;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        return strides;
    }
}
