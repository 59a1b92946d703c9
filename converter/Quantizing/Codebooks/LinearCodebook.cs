namespace EdgeQuant.Converter.Quantizing.Codebooks;

/// <summary>
/// k-means over weights that starts from entries evenly spaced between the smallest and the largest (Han et al. 2016, "Deep Compression",
/// section 3.2), with entries that are integers.
/// </summary>
internal static class LinearCodebook
{
    private const int MostRounds = 100;

    /// <summary>Finds a codebook; it has fewer entries than allowed where several meet.</summary>
    /// <param name="moments">The weights.</param>
    /// <param name="smallest">The smallest weight in units of its scale.</param>
    /// <param name="largest">The largest weight in units of its scale.</param>
    /// <param name="entries">The most entries, 2 at least.</param>
    /// <param name="keepsZero">True if 0 must be one of them.</param>
    public static sbyte[] Of(WeightMoments moments, double smallest, double largest, int entries, bool keepsZero)
    {
        double step = (largest - smallest) / (entries - 1);
        sbyte[] codebook = Entries(Enumerable.Range(0, entries).Select(i => smallest + (i * step)), keepsZero);
        for (int round = 0; round < MostRounds; round++)
        {
            sbyte[] moved = Entries(Means(moments, codebook), keepsZero);
            if (moved.AsSpan().SequenceEqual(codebook))
            {
                break;
            }

            codebook = moved;
        }

        return codebook;
    }

    /// <summary>The mean of the weights that are nearest to each entry; the entry itself where there are none.</summary>
    private static IEnumerable<double> Means(WeightMoments moments, sbyte[] codebook)
    {
        int from = 0;
        for (int i = 0; i < codebook.Length; i++)
        {
            int to = i + 1 < codebook.Length ? codebook[i] + codebook[i + 1] + (2 * NearestEntry.Limit) : NearestEntry.Intervals;
            yield return moments.Mean(from, to) ?? codebook[i];
            from = to;
        }
    }

    private static sbyte[] Entries(IEnumerable<double> values, bool keepsZero)
    {
        sbyte[] entries = [.. values.Select(value => (sbyte)Math.Clamp(Math.Round(value), -NearestEntry.Limit, NearestEntry.Limit)).Distinct().Order()];
        if (keepsZero)
        {
            int nearest = Enumerable.Range(0, entries.Length).MinBy(i => Math.Abs(entries[i]));
            entries[nearest] = 0;
        }

        return entries;
    }
}
