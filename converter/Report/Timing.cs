namespace EdgeQuant.Converter.Report;

/// <summary>A distribution of durations, in nanoseconds.</summary>
/// <param name="Median">Half of the samples are shorter.</param>
/// <param name="Minimum">The shortest.</param>
/// <param name="P90">Nine of ten samples are shorter.</param>
internal sealed record Timing(double Median, double Minimum, double P90)
{
    /// <summary>Makes the distribution of samples.</summary>
    /// <param name="ticks">At least one sample, in the ticks of <see cref="System.Diagnostics.Stopwatch"/>.</param>
    /// <param name="overhead">What measuring takes itself, in ticks: taken off each sample, down to 0.</param>
    public static Timing Of(long[] ticks, double overhead)
    {
        return Of(Array.ConvertAll(ticks, sample => Math.Max(0, sample - overhead) * 1e9 / System.Diagnostics.Stopwatch.Frequency));
    }

    /// <summary>Makes the distribution of samples; the order of the samples is lost.</summary>
    /// <param name="nanoseconds">At least one sample.</param>
    public static Timing Of(double[] nanoseconds)
    {
        Array.Sort(nanoseconds);
        return new Timing(At(0.5), nanoseconds[0], At(0.9));

        double At(double part)
        {
            double position = part * (nanoseconds.Length - 1);
            int below = (int)position;
            int above = Math.Min(below + 1, nanoseconds.Length - 1);
            return nanoseconds[below] + ((position - below) * (nanoseconds[above] - nanoseconds[below]));
        }
    }
}
