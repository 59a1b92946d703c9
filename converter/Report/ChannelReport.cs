namespace EdgeQuant.Converter.Report;

/// <summary>A channel of a signal.</summary>
/// <param name="Unit">What it measures in.</param>
/// <param name="PerCount">What a count is in that unit; 0 if it is not known.</param>
internal sealed record ChannelReport(string Unit, double PerCount);
