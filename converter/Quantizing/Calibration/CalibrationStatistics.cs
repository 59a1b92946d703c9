using System.Collections.Concurrent;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Calibration.Methods;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Quantizing.Calibration;

/// <summary>What values the activations of a float network take on samples, and the ranges that the calibration methods choose for them.</summary>
/// <param name="records">How many records were run.</param>
/// <param name="tensors">What was seen of each activation.</param>
internal sealed class CalibrationStatistics(int records, IReadOnlyDictionary<Tensor, TensorStatistics> tensors) : ITensorRanges
{
    private readonly ConcurrentDictionary<(Tensor, CalibrationScheme, int, bool), TensorRange> _ranges = [];

    /// <summary>How many records were run.</summary>
    public int Records { get; } = records;

    /// <summary>What was seen of each activation: inputs, what nodes write, states; only those that hold real numbers.</summary>
    public IReadOnlyDictionary<Tensor, TensorStatistics> Tensors { get; } = tensors;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The tensor is none of the network that the samples went through, or holds no real numbers.</exception>
    public TensorRange RangeOf(Tensor tensor, CalibrationScheme calibration, int levels, bool symmetric)
    {
        return _ranges.GetOrAdd((tensor, calibration, levels, symmetric), _ => Choose(StatisticsOf(tensor), calibration, levels, symmetric));
    }

    /// <summary>The share of a tensor's values that a range clips, 0 to 1. <see cref="TensorStatistics"/> tells what is below it and above.</summary>
    public double Clipped(Tensor tensor, TensorRange range)
    {
        return StatisticsOf(tensor).Outside(range.Minimum, range.Maximum);
    }

    private TensorRange Choose(TensorStatistics statistics, CalibrationScheme calibration, int levels, bool symmetric)
    {
        return calibration.Method switch
        {
            CalibrationMethod.MovingAverage => MovingAverageRange.Of(statistics, calibration.Momentum),
            CalibrationMethod.Percentile => PercentileRange.Of(statistics, calibration.Percentile, symmetric),
            CalibrationMethod.Entropy => EntropyRange.Of(statistics, levels, symmetric),
            CalibrationMethod.MeanSquaredError => SquaredErrorRange.Of(statistics, levels, symmetric),
            _ => MinMaxRange.Of(statistics),
        };
    }

    private TensorStatistics StatisticsOf(Tensor tensor)
    {
        return Tensors.TryGetValue(tensor, out TensorStatistics? statistics)
            ? statistics
            : throw new ArgumentException($"Nothing is known of tensor {tensor}: it was not calibrated.", nameof(tensor));
    }
}
