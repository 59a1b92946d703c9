namespace EdgeQuant.Converter.Report;

/// <summary>How long one operator takes.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Nanoseconds">Its durations when it runs in its place in the network.</param>
/// <param name="Share">Its part of the sum of all operators' medians, from 0 to 1.</param>
/// <param name="MacsPerSecond">Its multiplications that are accumulated, divided by the median; 0 for an operator without, or too short for the clock.</param>
/// <param name="ShareOfPeak">The same as a part of what one core can do at most: from 0 to 1 but for errors of measuring.</param>
internal sealed record OperatorTiming(OperatorReport Operator, Timing Nanoseconds, double Share, double MacsPerSecond, double ShareOfPeak);
