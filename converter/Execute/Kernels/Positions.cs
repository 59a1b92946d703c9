namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>Indices that are computed.</summary>
internal static class Positions
{
    /// <summary>The position that an index means: negative ones count from the back, and what lies outside is the nearest one inside.</summary>
    public static int Inside(float index, int size)
    {
        return (int)Math.Clamp(index < 0 ? index + size : index, 0, size - 1);
    }
}
