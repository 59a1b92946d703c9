namespace EdgeQuant.Benchmarks;

/// <summary>Everything that one run of the benchmark found.</summary>
/// <param name="Machine">What it ran on.</param>
/// <param name="Networks">The networks, in the order in which they were asked for.</param>
/// <param name="GeometricMeans">For each kernel set that was compared, over all networks that both run.</param>
/// <param name="Tool">How long the tool takes to start.</param>
internal sealed record BenchmarkDocument(
    MachineFigures Machine,
    IReadOnlyList<NetworkFigures> Networks,
    IReadOnlyList<MeanFigures> GeometricMeans,
    IReadOnlyList<ToolStartFigures> Tool);
