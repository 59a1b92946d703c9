using System.Numerics.Tensors;

namespace EdgeQuant.Converter.Quantizing.Calibration;

/// <summary>Sums over records of one tensor, added in the order of the records.</summary>
/// <param name="records">How many records there will be.</param>
/// <param name="elements">The tensor's elements.</param>
/// <param name="channels">The tensor's channels.</param>
internal sealed class TensorTotals(int records, int elements, int channels)
{
    private readonly float[] _minimum = new float[records];
    private readonly float[] _maximum = new float[records];
    private readonly double[] _channelSums = new double[channels];
    private double _sum;
    private double _squareSum;

    /// <summary>Adds the next record.</summary>
    public void Add(int record, RecordValues values, ReadOnlySpan<double> channelSums)
    {
        _minimum[record] = values.Minimum;
        _maximum[record] = values.Maximum;
        _sum += values.Sum;
        _squareSum += values.SquareSum;
        TensorPrimitives.Add(_channelSums, channelSums, _channelSums);
    }

    /// <summary>What is known when all records are added.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="seen">What all threads have seen together.</param>
    public TensorStatistics Statistics(string name, TensorRecorder seen)
    {
        long count = (long)records * elements;
        double rows = (double)count / channels;
        ChannelStatistics byChannel = new(seen.Minimum, seen.Maximum, [.. _channelSums.Select(sum => (float)(sum / rows))]);
        return new TensorStatistics(
            name, count, _minimum.Min(), _maximum.Max(), _sum / count, _squareSum / count, _minimum, _maximum, byChannel, seen.Histogram.Bins());
    }
}
