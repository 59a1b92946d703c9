namespace EdgeQuant.Benchmarks;

/// <summary>What the first inference of a process takes, in nanoseconds.</summary>
/// <param name="Load">Reading and loading the file.</param>
/// <param name="Inference">The first inference.</param>
/// <param name="Process">From before the process was started until it had ended, the start of .NET included.</param>
internal sealed record FirstInferenceFigures(double Load, double Inference, double Process);
