using EdgeQuant.Converter.Report;

namespace EdgeQuant.Benchmarks;

/// <summary>How fast the peer runs a network.</summary>
/// <param name="Source">The file that it ran: one of others, or our own export.</param>
/// <param name="Measured">Durations of an inference as they were measured, the call included.</param>
/// <param name="Call">Durations of a call that computes nothing and has inputs of the same size.</param>
internal sealed record PeerFigures(string Source, Timing Measured, Timing Call)
{
    /// <summary>The median without the call, in nanoseconds.</summary>
    public double Median => Math.Max(0, Measured.Median - Call.Median);

    /// <summary>The minimum without the call, in nanoseconds.</summary>
    public double Minimum => Math.Max(0, Measured.Minimum - Call.Minimum);
}
