namespace EdgeQuant.Converter.Quantizing.Calibration;

/// <summary>What values one tensor takes on the samples.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Count">How many values were seen: elements times records.</param>
/// <param name="Minimum">The smallest value.</param>
/// <param name="Maximum">The largest value.</param>
/// <param name="Mean">The mean of all values.</param>
/// <param name="MeanSquare">The mean of their squares.</param>
/// <param name="RecordMinimum">The smallest value of each record.</param>
/// <param name="RecordMaximum">The largest value of each record.</param>
/// <param name="Channels">The values channel by channel.</param>
/// <param name="Bins">How the values are distributed, from the lowest bin to the highest.</param>
internal sealed record TensorStatistics(
    string Name,
    long Count,
    float Minimum,
    float Maximum,
    double Mean,
    double MeanSquare,
    float[] RecordMinimum,
    float[] RecordMaximum,
    ChannelStatistics Channels,
    HistogramBin[] Bins)
{
    /// <summary>True if the tensor has one value everywhere on all samples.</summary>
    public bool IsConstant => Minimum == Maximum;

    /// <summary>The largest magnitude.</summary>
    public float Magnitude => Math.Max(Math.Abs(Minimum), Math.Abs(Maximum));

    /// <summary>The mean squared distance from the mean.</summary>
    public double Variance => Math.Max(MeanSquare - (Mean * Mean), 0);

    /// <summary>The range of the values, but no further from 0 than a magnitude.</summary>
    public TensorRange Within(float magnitude)
    {
        return new TensorRange(Math.Clamp(Minimum, -magnitude, magnitude), Math.Clamp(Maximum, -magnitude, magnitude));
    }

    /// <summary>The share of the values that lie outside a range, 0 to 1.</summary>
    public double Outside(float minimum, float maximum)
    {
        return Below(minimum) + Above(maximum);
    }

    /// <summary>The share of the values that lie below one, 0 to 1. A bin that it cuts is taken to be filled evenly.</summary>
    public double Below(float value)
    {
        return Bins.Sum(bin => bin.Count * ShareBelow(bin, value)) / Count;
    }

    /// <summary>The share of the values that lie above one, 0 to 1. A bin that it cuts is taken to be filled evenly.</summary>
    public double Above(float value)
    {
        return Bins.Sum(bin => bin.Count * ShareAbove(bin, value)) / Count;
    }

    private double ShareBelow(HistogramBin bin, float value)
    {
        double low = Math.Max(bin.Low, Minimum);
        double high = Math.Min(bin.High, Maximum);
        return high > low ? Math.Clamp((value - low) / (high - low), 0, 1) : low < value ? 1 : 0;
    }

    private double ShareAbove(HistogramBin bin, float value)
    {
        double low = Math.Max(bin.Low, Minimum);
        double high = Math.Min(bin.High, Maximum);
        return high > low ? Math.Clamp((high - value) / (high - low), 0, 1) : high > value ? 1 : 0;
    }
}
