namespace EdgeQuant.Converter.Quantizing.Codebooks;

/// <summary>
/// The codebook of integers with the least squared error, by dynamic programming over its entries in ascending order: the error of the
/// weights between two neighbouring entries depends on these two alone (optimal one-dimensional k-means: Wang and Song 2011,
/// "Ckmeans.1d.dp"). That error is concave in the sense of Monge, so the best entry below another one rises with it, which halves the
/// search again and again.
/// </summary>
internal sealed class DensityCodebook
{
    private const int Levels = (2 * NearestEntry.Limit) + 1;
    private const int Zero = NearestEntry.Limit;

    private readonly WeightMoments _moments;

    /// <summary>What a codebook without 0 costs, far more than any error; 0 if it may lack it.</summary>
    private readonly double _fine;

    /// <summary>For each level, the least error of all weights below it when it is the last of so many entries.</summary>
    private double[] _least = new double[Levels];
    private double[] _extended = new double[Levels];

    private DensityCodebook(WeightMoments moments, bool keepsZero)
    {
        _moments = moments;
        _fine = keepsZero ? 1e3 * (1 + moments.Error(0, NearestEntry.Intervals, NearestEntry.Limit)) : 0;
    }

    /// <summary>Finds it; it has fewer entries than allowed where more would not help.</summary>
    /// <param name="moments">The weights.</param>
    /// <param name="entries">The most entries, 1 at least.</param>
    /// <param name="keepsZero">True if 0 must be one of them.</param>
    public static sbyte[] Of(WeightMoments moments, int entries, bool keepsZero)
    {
        return new DensityCodebook(moments, keepsZero).Run(entries);
    }

    private sbyte[] Run(int entries)
    {
        for (int level = 0; level < Levels; level++)
        {
            _least[level] = Below(level);
        }

        List<byte[]> before = [];
        (double Error, int Last) best = Best();
        while (before.Count + 1 < Math.Min(entries, Levels))
        {
            byte[] chosen = new byte[Levels];
            Array.Fill(_extended, double.PositiveInfinity);
            Extend(1, Levels - 1, 0, Levels - 2, chosen);
            (_least, _extended) = (_extended, _least);
            (double Error, int Last) more = Best();
            if (more.Error >= best.Error)
            {
                break;
            }

            before.Add(chosen);
            best = more;
        }

        return Path(before, best.Last);
    }

    private static sbyte[] Path(List<byte[]> before, int last)
    {
        sbyte[] codebook = new sbyte[before.Count + 1];
        for (int i = before.Count; i >= 0; i--)
        {
            codebook[i] = (sbyte)(last - Zero);
            last = i > 0 ? before[i - 1][last] : 0;
        }

        return codebook;
    }

    /// <summary>The least error of all weights, and the last entry that it has.</summary>
    private (double Error, int Last) Best()
    {
        (double Error, int Last) best = (double.PositiveInfinity, 0);
        for (int level = 0; level < Levels; level++)
        {
            double error = _least[level] + Above(level);
            best = error < best.Error ? (error, level) : best;
        }

        return best;
    }

    /// <summary>Adds one more entry at the upper end, for levels of it between two, whose entry before lies between two others.</summary>
    private void Extend(int first, int last, int lowest, int highest, byte[] before)
    {
        if (first > last)
        {
            return;
        }

        int level = (first + last) / 2;
        int chosen = lowest;
        for (int low = lowest; low <= Math.Min(highest, level - 1); low++)
        {
            double error = _least[low] + Between(low, level);
            if (error < _extended[level])
            {
                _extended[level] = error;
                chosen = low;
            }
        }

        before[level] = (byte)chosen;
        Extend(first, level - 1, lowest, chosen, before);
        Extend(level + 1, last, chosen, highest, before);
    }

    /// <summary>The error of the weights below the lowest entry.</summary>
    private double Below(int level)
    {
        return _moments.Error(0, 2 * level, level - Zero) + (level > Zero ? _fine : 0);
    }

    /// <summary>The error of the weights between two neighbouring entries: up to their middle they become the lower one.</summary>
    private double Between(int low, int high)
    {
        return _moments.Error(2 * low, low + high, low - Zero) + _moments.Error(low + high, 2 * high, high - Zero) + (low < Zero && high > Zero ? _fine : 0);
    }

    /// <summary>The error of the weights above the highest entry.</summary>
    private double Above(int level)
    {
        return _moments.Error(2 * level, NearestEntry.Intervals, level - Zero) + (level < Zero ? _fine : 0);
    }
}
