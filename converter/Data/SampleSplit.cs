namespace EdgeQuant.Converter.Data;

/// <summary>Samples parted in those that a network is calibrated with and those that it is measured on.</summary>
/// <param name="Calibration">Evenly spread over all.</param>
/// <param name="Measured">The rest, evenly spread; all, where the rest is too small to tell anything.</param>
/// <param name="Overlap">True if it is measured on samples that it was calibrated with.</param>
internal sealed record SampleSplit(SampleSet Calibration, SampleSet Measured, bool Overlap)
{
    /// <summary>Calibration takes so many samples unless something else is said.</summary>
    public const int DefaultCalibration = 500;

    /// <summary>Fewer samples tell nothing about accuracy.</summary>
    private const int LeastMeasured = 100;

    /// <summary>Parts samples.</summary>
    /// <param name="all">The samples.</param>
    /// <param name="calibration">How many calibration takes; null for at most <see cref="DefaultCalibration"/>.</param>
    /// <param name="mostMeasured">How many are measured at most.</param>
    public static SampleSplit Of(SampleSet all, int? calibration, int mostMeasured)
    {
        int some = Math.Min(all.Count, calibration ?? DefaultCalibration);
        IReadOnlyList<int> chosen = Spread.Over(all.Count, some);
        HashSet<int> taken = [.. chosen];
        bool overlap = all.Count - some < LeastMeasured;
        int[] rest = [.. Enumerable.Range(0, all.Count).Where(position => overlap || !taken.Contains(position))];
        int measured = Math.Min(rest.Length, mostMeasured);
        return new SampleSplit(
            all.Select(chosen),
            all.Select([.. Spread.Over(rest.Length, measured).Select(position => rest[position])]),
            overlap);
    }
}
