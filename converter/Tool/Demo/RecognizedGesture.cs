namespace EdgeQuant.Tool.Demo;

/// <summary>An event that the device raised.</summary>
/// <param name="Seconds">When, since the recording began.</param>
/// <param name="Label">The gesture.</param>
/// <param name="Score">How sure it is, 0 to 1: the average that the decision rests on.</param>
/// <param name="Made">The gesture that was made then; null if none was.</param>
/// <param name="DelaySeconds">How long after that gesture's end; below 0 where it was recognised before.</param>
/// <param name="LatencyNanoseconds">From the arrival of the last sample to the decision, on this machine.</param>
internal sealed record RecognizedGesture(double Seconds, string Label, double Score, string? Made, double? DelaySeconds, double LatencyNanoseconds);
