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

    /// <summary>
    /// The share of the values that lie outside a range, 0 to 1. A bin that an end of the range cuts is taken to be filled evenly.
    /// </summary>
    public double Outside(float minimum, float maximum)
    {
        double outside = 0;
        foreach (HistogramBin bin in Bins)
        {
            if (bin.Low >= minimum && bin.High <= maximum)
            {
                continue;
            }

            double low = Math.Max(bin.Low, Minimum);
            double high = Math.Min(bin.High, Maximum);
            double inside = Math.Max(Math.Min(high, maximum) - Math.Max(low, minimum), 0);
            bool isPoint = high <= low;
            outside += bin.Count * (isPoint ? low < minimum || low > maximum ? 1 : 0 : 1 - (inside / (high - low)));
        }

        return Count == 0 ? 0 : outside / Count;
    }
}
