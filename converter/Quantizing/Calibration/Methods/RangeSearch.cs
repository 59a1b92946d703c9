namespace EdgeQuant.Converter.Quantizing.Calibration.Methods;

/// <summary>
/// Finds the range of least cost: from the whole range both ends are drawn in together, then each alone, first in steps of an eighth of an
/// octave, then in finer ones. The whole range is among those that are tried, and of two of equal cost the wider is kept.
/// </summary>
/// <param name="cost">The cost of a range.</param>
internal sealed class RangeSearch(Func<TensorRange, double> cost)
{
    private const int Rounds = 2;
    private const int StepsPerOctave = 8;
    private const int FineSteps = 8;
    private const int LeastOctaves = 4;
    private const int MostOctaves = 24;

    private TensorRange _best;
    private double _least = double.PositiveInfinity;

    /// <summary>The range of least cost for a tensor.</summary>
    /// <param name="statistics">What was seen of the tensor.</param>
    /// <param name="whole">The widest range; it holds 0. Where it is as wide below 0 as above, so is what is found.</param>
    public TensorRange Run(TensorStatistics statistics, TensorRange whole)
    {
        int steps = StepsPerOctave * Octaves(statistics, Math.Max(-whole.Minimum, whole.Maximum));
        Try(whole);
        Scan(steps, factor => new TensorRange(whole.Minimum * factor, whole.Maximum * factor));
        if (whole.Minimum != -whole.Maximum && whole.Minimum < 0 && whole.Maximum > 0)
        {
            for (int round = 0; round < Rounds; round++)
            {
                float minimum = _best.Minimum;
                Scan(steps, factor => new TensorRange(minimum, whole.Maximum * factor));
                float maximum = _best.Maximum;
                Scan(steps, factor => new TensorRange(whole.Minimum * factor, maximum));
            }
        }

        return _best;
    }

    /// <summary>As far as ends are drawn in: until half of all values other than 0 are outside.</summary>
    private static int Octaves(TensorStatistics statistics, float magnitude)
    {
        HistogramBin[] bins = [.. statistics.Bins.Where(bin => bin.High > bin.Low).OrderBy(bin => Math.Max(-bin.Low, bin.High))];
        long half = bins.Sum(bin => bin.Count) / 2;
        long below = 0;
        foreach (HistogramBin bin in bins)
        {
            below += bin.Count;
            if (below > half)
            {
                return (int)Math.Clamp(Math.Ceiling(Math.Log2(magnitude / Math.Max(-bin.Low, bin.High))), LeastOctaves, MostOctaves);
            }
        }

        return LeastOctaves;
    }

    /// <summary>Tries a row of ranges, then closer ones around the best of them.</summary>
    private void Scan(int steps, Func<float, TensorRange> range)
    {
        int best = 0;
        double least = double.PositiveInfinity;
        for (int step = 0; step <= steps; step++)
        {
            double found = Try(range(Factor(step)));
            (best, least) = found < least ? (step, found) : (best, least);
        }

        for (int fine = 1 - FineSteps; fine < FineSteps; fine++)
        {
            if (best + ((double)fine / FineSteps) > 0)
            {
                Try(range(Factor(best + ((double)fine / FineSteps))));
            }
        }
    }

    private double Try(TensorRange range)
    {
        double found = cost(range);
        if (found < _least)
        {
            _least = found;
            _best = range;
        }

        return found;
    }

    private static float Factor(double step)
    {
        return (float)Math.Pow(2, -step / StepsPerOctave);
    }
}
