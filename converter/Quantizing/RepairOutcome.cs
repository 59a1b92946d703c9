namespace EdgeQuant.Converter.Quantizing;

/// <summary>What a repair bought.</summary>
/// <param name="Repair">Its name: equalization, bias correction, adaptive rounding.</param>
/// <param name="Kept">False if it did not help and was left out.</param>
/// <param name="DecibelsBefore">The signal-to-quantization-noise ratio of the outputs without it, on samples that it did not see.</param>
/// <param name="DecibelsAfter">The same with it.</param>
internal sealed record RepairOutcome(string Repair, bool Kept, double DecibelsBefore, double DecibelsAfter);
