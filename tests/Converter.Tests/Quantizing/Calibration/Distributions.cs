using EdgeQuant.Converter.Quantizing.Calibration;

namespace EdgeQuant.Converter.Tests.Quantizing.Calibration;

/// <summary>Values as activations have them, from fixed seeds.</summary>
internal static class Distributions
{
    private const int Count = 100_000;

    public static float[] Normal { get; } = Make(1, DenseNetwork.Normal);

    /// <summary>A rectified normal distribution: half of it 0.</summary>
    public static float[] Rectified { get; } = Make(2, random => MathF.Max(DenseNetwork.Normal(random), 0));

    public static float[] Uniform { get; } = Make(3, random => (random.NextSingle() * 7) - 2);

    /// <summary>Heavy tails: a normal distribution whose deviation itself varies.</summary>
    public static float[] Heavy { get; } = Make(4, random => DenseNetwork.Normal(random) * MathF.Exp(DenseNetwork.Normal(random)));

    /// <summary>A normal distribution and one value a hundred thousand times as far out.</summary>
    public static float[] Outlier { get; } = [.. Normal, 100_000];

    public static float[] Negative { get; } = Make(5, random => -1 - random.NextSingle());

    public static float[] Constant { get; } = Make(6, _ => 0.75f);

    public static float[] Zeros { get; } = new float[Count];

    public static IReadOnlyList<float[]> All { get; } = [Normal, Rectified, Uniform, Heavy, Outlier, Negative, Constant, Zeros];

    /// <summary>The statistics of values that came as one record.</summary>
    public static TensorStatistics StatisticsOf(float[] values)
    {
        TensorRecorder recorder = new(1);
        double[] sums = new double[1];
        recorder.Add(values, sums);
        TensorTotals totals = new(1, values.Length, 1);
        totals.Add(0, RecordValues.Of(values), sums);
        return totals.Statistics("values", recorder);
    }

    private static float[] Make(int seed, Func<Random, float> next)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, Count).Select(_ => next(random))];
    }
}
