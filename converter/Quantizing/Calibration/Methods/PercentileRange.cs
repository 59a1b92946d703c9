namespace EdgeQuant.Converter.Quantizing.Calibration.Methods;

/// <summary>
/// The range that keeps a share of the values: half of the rest may lie below it, half above; with a symmetric range all of it beyond either
/// end. Ends are ends of the histogram's bins, so that never more is clipped than was allowed.
/// </summary>
internal static class PercentileRange
{
    /// <param name="statistics">What was seen of the tensor.</param>
    /// <param name="percentile">The share of values inside the range, in percent, above 50 and at most 100.</param>
    /// <param name="symmetric">True if the quantized range will be as wide below 0 as above.</param>
    public static TensorRange Of(TensorStatistics statistics, double percentile, bool symmetric)
    {
        double outside = statistics.Count * (1 - (percentile / 100));
        if (!symmetric)
        {
            return new TensorRange(Lower(statistics, outside / 2), Upper(statistics, outside / 2));
        }

        return statistics.Within(Magnitude(statistics, outside));
    }

    /// <summary>The magnitude that a share of the values does not exceed.</summary>
    /// <param name="statistics">What was seen of the tensor.</param>
    /// <param name="percentile">The share of values, in percent, above 50 and at most 100.</param>
    public static float MagnitudeOf(TensorStatistics statistics, double percentile)
    {
        return Magnitude(statistics, statistics.Count * (1 - (percentile / 100)));
    }

    /// <summary>The highest bin's lower end that leaves out at most so many values below it.</summary>
    private static float Lower(TensorStatistics statistics, double outside)
    {
        long below = 0;
        foreach (HistogramBin bin in statistics.Bins)
        {
            below += bin.Count;
            if (below > outside)
            {
                return Math.Max(bin.Low, statistics.Minimum);
            }
        }

        return statistics.Maximum;
    }

    /// <summary>The lowest bin's upper end that leaves out at most so many values above it.</summary>
    private static float Upper(TensorStatistics statistics, double outside)
    {
        long above = 0;
        for (int i = statistics.Bins.Length - 1; i >= 0; i--)
        {
            above += statistics.Bins[i].Count;
            if (above > outside)
            {
                return Math.Min(statistics.Bins[i].High, statistics.Maximum);
            }
        }

        return statistics.Minimum;
    }

    /// <summary>The smallest magnitude that leaves out at most so many values of either sign beyond it.</summary>
    private static float Magnitude(TensorStatistics statistics, double outside)
    {
        HistogramBin[] bins = statistics.Bins;
        long beyond = 0;
        int low = 0;
        int high = bins.Length - 1;
        while (low <= high)
        {
            float outer = Math.Max(-bins[low].Low, bins[high].High);
            long count = 0;
            int nextLow = low;
            int nextHigh = high;
            while (nextLow <= high && -bins[nextLow].Low == outer)
            {
                count += bins[nextLow++].Count;
            }

            while (nextHigh >= nextLow && bins[nextHigh].High == outer)
            {
                count += bins[nextHigh--].Count;
            }

            beyond += count;
            if (beyond > outside)
            {
                return Math.Min(outer, statistics.Magnitude);
            }

            (low, high) = (nextLow, nextHigh);
        }

        return statistics.Magnitude;
    }
}
