namespace EdgeQuant.Converter.Quantizing.Calibration.Methods;

/// <summary>
/// The range for which the distribution that quantization leaves is closest to that of the values, by Kullback-Leibler divergence (Migacz 2017,
/// "8-bit Inference with TensorRT"). Other than there, both ends are searched where the range need not be symmetric; values beyond the range
/// keep their place in the distribution that is to be matched, so that clipping many of them costs much even where they would meet a crowd; and
/// single values that occur again and again are left out of it (<see cref="RepeatedValues"/>).
/// </summary>
internal static class EntropyRange
{
    /// <summary>Bins of the distribution: 16 for each of 256 levels.</summary>
    private const int Bins = 4096;

    /// <summary>The distribution reaches so many times as far as nearly all values do: beyond, its bins would be too coarse for them.</summary>
    private const float Reach = 16;

    private const double NearlyAll = 99;

    /// <param name="statistics">What was seen of the tensor.</param>
    /// <param name="levels">How many values the quantized tensor can take.</param>
    /// <param name="symmetric">True if the quantized range will be as wide below 0 as above.</param>
    public static TensorRange Of(TensorStatistics statistics, int levels, bool symmetric)
    {
        if (statistics.IsConstant || levels > Bins)
        {
            return new TensorRange(statistics.Minimum, statistics.Maximum);
        }

        float reach = Math.Min(statistics.Magnitude, Reach * PercentileRange.MagnitudeOf(statistics, NearlyAll));
        TensorRange whole = symmetric
            ? new TensorRange(-reach, reach)
            : new TensorRange(Math.Clamp(statistics.Minimum, -reach, 0), Math.Clamp(statistics.Maximum, 0, reach));
        if (whole.Maximum <= whole.Minimum)
        {
            return new TensorRange(statistics.Minimum, statistics.Maximum);
        }

        EvenHistogram histogram = EvenHistogram.Of(statistics with { Bins = RepeatedValues.Without(statistics.Bins) }, whole, Bins);
        TensorRange best = new RangeSearch(range => Divergence(histogram, range, levels)).Run(statistics, whole);
        return symmetric ? statistics.Within(best.Maximum) : best;
    }

    /// <summary>How much of the distribution is lost when it is clipped to a range and quantized to so many levels; infinite for ranges of too few bins.</summary>
    private static double Divergence(EvenHistogram histogram, TensorRange range, int levels)
    {
        TensorRange whole = histogram.Range;
        double width = ((double)whole.Maximum - whole.Minimum) / Bins;
        int first = (int)Math.Round((range.Minimum - (double)whole.Minimum) / width);
        int last = (int)Math.Round((range.Maximum - (double)whole.Minimum) / width);
        return last - first < levels ? double.PositiveInfinity : DistributionLoss.Of(histogram.Counts, first, last, levels);
    }
}
