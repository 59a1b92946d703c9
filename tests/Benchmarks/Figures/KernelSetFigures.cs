using EdgeQuant.Converter.Report;

namespace EdgeQuant.Benchmarks;

/// <summary>How fast EdgeQuant runs a network with one kernel set.</summary>
/// <param name="Kernels">The kernel set.</param>
/// <param name="Nanoseconds">Durations of an inference, writing its inputs included.</param>
/// <param name="MacsPerSecond">At the median.</param>
/// <param name="Peak">What one core can do at most with the instructions that such kernels have.</param>
/// <param name="ShareOfPeak">The network's multiplications in a second as a part of that, from 0 to 1.</param>
/// <param name="Ratio">How many times as fast as the peer; null without one.</param>
/// <param name="Load">Durations of loading the network, after the first.</param>
/// <param name="First">What the first inference of a process takes.</param>
/// <param name="Operators">The operators, in the order of execution.</param>
internal sealed record KernelSetFigures(
    string Kernels,
    Timing Nanoseconds,
    double MacsPerSecond,
    PeakReport Peak,
    double ShareOfPeak,
    Ratio? Ratio,
    Timing Load,
    FirstInferenceFigures First,
    IReadOnlyList<OperatorFigures> Operators);
