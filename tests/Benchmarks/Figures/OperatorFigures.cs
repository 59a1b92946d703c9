using EdgeQuant.Converter.Report;

namespace EdgeQuant.Benchmarks;

/// <summary>How fast an operator is.</summary>
/// <param name="Index">Its position in the order of execution.</param>
/// <param name="Kind">What it computes.</param>
/// <param name="Output">The shape of its first output.</param>
/// <param name="Macs">Multiplications that it accumulates.</param>
/// <param name="Nanoseconds">Its durations in its place in the network.</param>
/// <param name="Share">Its part of all operators' medians, from 0 to 1.</param>
/// <param name="MacsPerSecond">At the median.</param>
/// <param name="ShareOfPeak">The same as a part of the machine's peak, from 0 to 1.</param>
internal sealed record OperatorFigures(
    int Index,
    string Kind,
    IReadOnlyList<int> Output,
    long Macs,
    Timing Nanoseconds,
    double Share,
    double MacsPerSecond,
    double ShareOfPeak);
