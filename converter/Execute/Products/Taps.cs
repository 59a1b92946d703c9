namespace EdgeQuant.Converter.Execute.Products;

/// <summary>Which positions of a window along one axis lie on the data.</summary>
/// <param name="First">The first that does.</param>
/// <param name="End">Behind the last that does; not before <paramref name="First"/>.</param>
internal readonly record struct Taps(int First, int End)
{
    /// <summary>A window's positions.</summary>
    /// <param name="from">Where on the data its first position lies.</param>
    /// <param name="dilation">From one position to the next.</param>
    /// <param name="count">How many positions it has.</param>
    /// <param name="size">The size of the data.</param>
    public static Taps Of(int from, int dilation, int count, int size)
    {
        int first = from >= 0 ? 0 : Math.Min((dilation - 1 - from) / dilation, count);
        int end = size <= from ? first : Math.Clamp(((size - from - 1) / dilation) + 1, first, count);
        return new Taps(first, end);
    }
}
