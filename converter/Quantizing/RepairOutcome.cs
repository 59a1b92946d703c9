namespace EdgeQuant.Converter.Quantizing;

/// <summary>What a repair bought, on samples that it did not see.</summary>
/// <param name="Repair">Its name: equalization, bias correction, adaptive rounding.</param>
/// <param name="Kept">False if it did not help and was left out.</param>
/// <param name="DecibelsBefore">The signal-to-quantization-noise ratio of the outputs without it.</param>
/// <param name="DecibelsAfter">The same with it.</param>
internal sealed record RepairOutcome(string Repair, bool Kept, double DecibelsBefore, double DecibelsAfter)
{
    /// <summary>The share of records that were labelled rightly without it, 0 to 1; null where labels are not known.</summary>
    public double? AccuracyBefore { get; init; }

    /// <summary>The same with it.</summary>
    public double? AccuracyAfter { get; init; }

    /// <summary>What it took.</summary>
    public double Seconds { get; init; }
}
