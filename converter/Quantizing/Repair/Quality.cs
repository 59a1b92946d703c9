namespace EdgeQuant.Converter.Quantizing.Repair;

/// <summary>How close a quantized network comes to the float one.</summary>
/// <param name="Decibels">The signal-to-quantization-noise ratio of its outputs.</param>
/// <param name="Right">How many records it labels rightly; null where the labels are not known.</param>
internal readonly record struct Quality(double Decibels, int? Right)
{
    /// <summary>A gain below this is none.</summary>
    private const double SmallestGain = 0.05;

    /// <summary>True if outputs come closer and no fewer labels are right.</summary>
    public bool IsBetterThan(Quality other)
    {
        return Decibels > other.Decibels + SmallestGain && (Right is null || Right >= other.Right);
    }
}
