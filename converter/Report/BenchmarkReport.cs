namespace EdgeQuant.Converter.Report;

/// <summary>How fast a model runs on this machine, and in how much memory.</summary>
/// <param name="Kernels">The kernel set that it ran with.</param>
/// <param name="Threads">The threads that were allowed to compute together; the peak remains that of one core.</param>
/// <param name="Machine">Processor architecture, operating system and .NET version.</param>
/// <param name="WarmUpInferences">Inferences before anything was measured.</param>
/// <param name="Iterations">Inferences that were measured, once as a whole and once more operator by operator.</param>
/// <param name="OverheadNanoseconds">What reading the clock takes; it is taken off every duration.</param>
/// <param name="Nanoseconds">Durations of an inference.</param>
/// <param name="Macs">Multiplications that are accumulated in one inference.</param>
/// <param name="MacsPerSecond">The same divided by the median.</param>
/// <param name="Peak">What one core of this machine can do at most, with vector instructions where the kernels have such.</param>
/// <param name="ShareOfPeak">The network's multiplications in a second as a part of the peak.</param>
/// <param name="Load">How long it takes to load the model and to infer for the first time.</param>
/// <param name="AllocatedBytesPerInference">What the runtime allocates in one inference; measured.</param>
/// <param name="FileBytes">The length of the file, whose weights are used in place.</param>
/// <param name="ArenaBytes">The size of the arena.</param>
/// <param name="StateBytes">What the network remembers from one inference to the next.</param>
/// <param name="Memory">What the kernels hold beside file, arena and state, and what loading allocates.</param>
/// <param name="Operators">The operators in the order of execution.</param>
internal sealed record BenchmarkReport(
    string Kernels,
    int Threads,
    string Machine,
    int WarmUpInferences,
    int Iterations,
    double OverheadNanoseconds,
    Timing Nanoseconds,
    long Macs,
    double MacsPerSecond,
    PeakReport Peak,
    double ShareOfPeak,
    LoadTiming Load,
    double AllocatedBytesPerInference,
    int FileBytes,
    int ArenaBytes,
    int StateBytes,
    MemoryReport Memory,
    IReadOnlyList<OperatorTiming> Operators);
