namespace EdgeQuant.Converter.Quantizing.Calibration.Methods;

/// <summary>
/// The smallest and the largest value, and beyond them what one more record may reach: few records have not shown how far values go. The bound
/// is the prediction limit of a normal distribution for the next record's extreme, mean + t s sqrt(1 + 1/n), with mean and standard deviation s
/// of the n records' extremes and Student's t (Hahn and Meeker 1991, "Statistical Intervals", section 4.6). From some tens of records on what was
/// seen lies beyond it.
/// </summary>
internal static class MinMaxRange
{
    /// <summary>The normal distribution's quantile of the probability that the next record's extreme stays within the bound: 99 %.</summary>
    private const double Quantile = 2.3263;

    /// <summary>A bound is never further out than so many times the extreme; one record alone, which shows no spread, is given that.</summary>
    private const double MostTimes = 3;

    /// <param name="statistics">What was seen of the tensor.</param>
    public static TensorRange Of(TensorStatistics statistics)
    {
        return new TensorRange(-Bound(Array.ConvertAll(statistics.RecordMinimum, value => -value)), Bound(statistics.RecordMaximum));
    }

    /// <summary>The bound above the largest values of records; where all are below 0, the largest of them, since every range holds 0.</summary>
    private static float Bound(float[] extremes)
    {
        double largest = extremes.Max();
        double most = Math.Max(largest, largest * MostTimes);
        if (extremes.Length == 1)
        {
            return Finite(most);
        }

        double mean = extremes.Average(value => (double)value);
        double deviation = Math.Sqrt(extremes.Sum(value => (value - mean) * (value - mean)) / (extremes.Length - 1));
        double bound = mean + (StudentQuantile(extremes.Length - 1) * Math.Sqrt(1 + (1.0 / extremes.Length)) * deviation);
        return Finite(Math.Clamp(bound, largest, most));
    }

    /// <summary>Student's t of <see cref="Quantile"/>'s probability (Abramowitz and Stegun 1964, 26.7.5).</summary>
    private static double StudentQuantile(int freedom)
    {
        const double Z = Quantile;
        const double Z3 = Z * Z * Z;
        const double Z5 = Z3 * Z * Z;
        const double Z7 = Z5 * Z * Z;
        double inverse = 1.0 / freedom;
        return Z
            + (inverse * (Z3 + Z) / 4)
            + (inverse * inverse * ((5 * Z5) + (16 * Z3) + (3 * Z)) / 96)
            + (inverse * inverse * inverse * ((3 * Z7) + (19 * Z5) + (17 * Z3) - (15 * Z)) / 384);
    }

    private static float Finite(double value)
    {
        return (float)Math.Min(value, float.MaxValue);
    }
}
