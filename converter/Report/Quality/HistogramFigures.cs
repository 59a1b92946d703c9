namespace EdgeQuant.Converter.Report.Quality;

/// <summary>How values are spread: how many lie in each of equally wide bins.</summary>
/// <param name="Minimum">Where the first bin begins.</param>
/// <param name="Maximum">Where the last bin ends.</param>
/// <param name="Counts">The number of values in each bin.</param>
internal sealed record HistogramFigures(double Minimum, double Maximum, IReadOnlyList<long> Counts)
{
    private const int Bins = 64;

    /// <summary>Counts values; those that are no finite numbers are left out.</summary>
    /// <returns>Null if no value is a finite number.</returns>
    public static HistogramFigures? Of(ReadOnlySpan<float> values)
    {
        double minimum = double.PositiveInfinity;
        double maximum = double.NegativeInfinity;
        foreach (float value in values)
        {
            if (float.IsFinite(value))
            {
                minimum = Math.Min(minimum, value);
                maximum = Math.Max(maximum, value);
            }
        }

        if (minimum > maximum)
        {
            return null;
        }

        double width = maximum - minimum;
        long[] counts = new long[width > 0 ? Bins : 1];
        foreach (float value in values)
        {
            if (float.IsFinite(value))
            {
                int bin = width > 0 ? (int)((value - minimum) / width * Bins) : 0;
                counts[Math.Min(bin, counts.Length - 1)]++;
            }
        }

        return new HistogramFigures(minimum, maximum, counts);
    }
}
