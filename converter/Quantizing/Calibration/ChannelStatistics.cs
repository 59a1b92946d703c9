namespace EdgeQuant.Converter.Quantizing.Calibration;

/// <summary>What the values of each channel are; channels lie along a tensor's last axis.</summary>
/// <param name="Minimum">The smallest value of each channel.</param>
/// <param name="Maximum">The largest value of each channel.</param>
/// <param name="Mean">The mean of each channel.</param>
internal sealed record ChannelStatistics(float[] Minimum, float[] Maximum, float[] Mean)
{
    public int Count => Minimum.Length;

    /// <summary>True if a channel has the same value everywhere on all samples.</summary>
    public bool IsConstant(int channel)
    {
        return Minimum[channel] == Maximum[channel];
    }
}
