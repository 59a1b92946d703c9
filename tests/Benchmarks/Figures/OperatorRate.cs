using EdgeQuant.Converter.Report;

namespace EdgeQuant.Benchmarks;

/// <summary>How fast an operator alone is with one kernel set.</summary>
/// <param name="Kernels">The kernel set.</param>
/// <param name="Nanoseconds">Durations, writing its inputs included.</param>
/// <param name="MacsPerSecond">At the minimum.</param>
internal sealed record OperatorRate(string Kernels, Timing Nanoseconds, double MacsPerSecond);
