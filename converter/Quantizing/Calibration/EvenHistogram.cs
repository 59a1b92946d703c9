namespace EdgeQuant.Converter.Quantizing.Calibration;

/// <summary>How values are distributed over equally wide bins. Counts are no whole numbers: what was counted in other bins is spread over these.</summary>
/// <param name="Range">From the first bin's start to the last one's end.</param>
/// <param name="Counts">The values in each bin; those outside the range are in the first and in the last.</param>
/// <param name="Zeros">How many values are exactly 0; they are in no bin.</param>
internal sealed record EvenHistogram(TensorRange Range, double[] Counts, long Zeros)
{
    /// <summary>Brings what was seen of a tensor into equally wide bins.</summary>
    /// <param name="statistics">What was seen of the tensor.</param>
    /// <param name="range">The range of the bins; its ends differ.</param>
    /// <param name="bins">How many bins.</param>
    public static EvenHistogram Of(TensorStatistics statistics, TensorRange range, int bins)
    {
        double[] counts = new double[bins];
        double perBin = bins / ((double)range.Maximum - range.Minimum);
        long zeros = 0;
        foreach (HistogramBin bin in statistics.Bins)
        {
            if (bin.High <= bin.Low)
            {
                zeros += bin.Count;
                continue;
            }

            double low = (Math.Max(bin.Low, statistics.Minimum) - (double)range.Minimum) * perBin;
            double high = (Math.Min(bin.High, statistics.Maximum) - (double)range.Minimum) * perBin;
            Spread(counts, Math.Clamp(low, 0, bins), Math.Clamp(high, 0, bins), bin.Count);
        }

        return new EvenHistogram(range, counts, zeros);
    }

    /// <summary>Spreads a count evenly between two positions.</summary>
    private static void Spread(double[] counts, double low, double high, long count)
    {
        int first = Math.Min((int)low, counts.Length - 1);
        int last = Math.Min((int)high, counts.Length - 1);
        if (first == last || high <= low)
        {
            counts[first] += count;
            return;
        }

        for (int i = first; i <= last; i++)
        {
            counts[i] += count * (Math.Min(high, i + 1) - Math.Max(low, i)) / (high - low);
        }
    }
}
