namespace EdgeQuant.Converter.Quantizing.Codebooks;

/// <summary>
/// What is needed of weights to know the squared error of any codebook of integers: the moments of those in each interval of
/// <see cref="NearestEntry"/>, in units of their scale.
/// </summary>
internal sealed class WeightMoments
{
    private readonly double[] _counts = new double[NearestEntry.Intervals + 1];
    private readonly double[] _sums = new double[NearestEntry.Intervals + 1];
    private readonly double[] _squares = new double[NearestEntry.Intervals + 1];

    /// <summary>Sums up slices, each in units of its own scale.</summary>
    public WeightMoments(IReadOnlyList<WeightSlice> slices, double[] scales)
    {
        for (int slice = 0; slice < slices.Count; slice++)
        {
            Add(slices[slice], scales[slice]);
        }

        for (int i = 0; i < NearestEntry.Intervals; i++)
        {
            _counts[i + 1] += _counts[i];
            _sums[i + 1] += _sums[i];
            _squares[i + 1] += _squares[i];
        }
    }

    /// <summary>The squared error of the weights in some intervals that all become one entry.</summary>
    /// <param name="from">The first interval.</param>
    /// <param name="to">The one after the last.</param>
    /// <param name="entry">The entry.</param>
    public double Error(int from, int to, int entry)
    {
        double count = _counts[to] - _counts[from];
        double sum = _sums[to] - _sums[from];
        double square = _squares[to] - _squares[from];
        return Math.Max(0, square - (2 * entry * sum) + ((double)entry * entry * count));
    }

    /// <summary>The mean of the weights in some intervals; null if there are none.</summary>
    public double? Mean(int from, int to)
    {
        double count = _counts[to] - _counts[from];
        return count > 0 ? (_sums[to] - _sums[from]) / count : null;
    }

    private void Add(WeightSlice slice, double scale)
    {
        double inverse = 1 / scale;
        for (int i = 0; i < slice.Weights.Length; i++)
        {
            double value = slice.Weights[i] * inverse;
            double count = slice.Importance(i) * scale * scale;
            int interval = NearestEntry.Interval(value) + 1;
            _counts[interval] += count;
            _sums[interval] += count * value;
            _squares[interval] += count * value * value;
        }
    }
}
