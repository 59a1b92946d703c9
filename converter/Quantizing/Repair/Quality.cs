namespace EdgeQuant.Converter.Quantizing.Repair;

/// <summary>How close a quantized network comes to the float one.</summary>
/// <param name="Decibels">The signal-to-quantization-noise ratio of its outputs.</param>
/// <param name="Right">For each record whether it is labelled rightly; null where the labels are not known.</param>
internal readonly record struct Quality(double Decibels, bool[]? Right)
{
    /// <summary>A gain below this is none.</summary>
    private const double SmallestGain = 0.05;

    /// <summary>How many records are labelled rightly; null where the labels are not known.</summary>
    public int? RightCount => Right?.Count(right => right);

    /// <summary>
    /// True if outputs come closer, and labels are not worse than chance explains: of the records that one labels rightly and the other does not,
    /// as many fall to each side, give or take the root of their number (the standard error that McNemar's test is made of).
    /// </summary>
    public bool IsBetterThan(Quality other)
    {
        return Decibels > other.Decibels + SmallestGain && (Right is null || other.Right is null || !IsWorse(Right, other.Right));
    }

    private static bool IsWorse(bool[] right, bool[] before)
    {
        int lost = right.Zip(before).Count(pair => !pair.First && pair.Second);
        int won = right.Zip(before).Count(pair => pair.First && !pair.Second);
        return lost - won > Math.Sqrt(lost + won);
    }
}
