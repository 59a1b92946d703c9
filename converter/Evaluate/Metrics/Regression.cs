namespace EdgeQuant.Converter.Evaluate.Metrics;

/// <summary>Sums up distances between outputs and targets. One thread at a time.</summary>
/// <param name="values">The values of a record.</param>
internal sealed class Regression(int values)
{
    private readonly double[] _means = new double[values];
    private int _records;
    private double _absolute;
    private double _squared;
    private double _variation;
    private double _largest;

    /// <summary>Adds a record.</summary>
    public void Add(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        _records++;
        for (int i = 0; i < values; i++)
        {
            double distance = Math.Abs((double)output[i] - target[i]);
            _absolute += distance;
            _squared += distance * distance;
            _largest = Math.Max(_largest, distance);

            // Welford's running sum of squared distances from the mean.
            double before = target[i] - _means[i];
            _means[i] += before / _records;
            _variation += before * (target[i] - _means[i]);
        }
    }

    /// <summary>What came of it.</summary>
    public RegressionFigures Figures()
    {
        double count = Math.Max(1, (double)_records * values);
        double unexplained = _variation > 0 ? _squared / _variation : _squared > 0 ? double.PositiveInfinity : 0;
        return new RegressionFigures(_records, values, _absolute / count, Math.Sqrt(_squared / count), 1 - unexplained, _largest);
    }
}
