namespace EdgeQuant.Converter.Report;

/// <summary>How long one operator takes.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Nanoseconds">Its durations when it runs in its place in the network.</param>
/// <param name="Share">Its part of the sum of all operators' medians, from 0 to 1.</param>
internal sealed record OperatorTiming(OperatorReport Operator, Timing Nanoseconds, double Share);
