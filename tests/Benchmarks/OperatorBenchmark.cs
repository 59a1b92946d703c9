using EdgeQuant.Converter.Report;
using EdgeQuant.Runtime.Kernels;

namespace EdgeQuant.Benchmarks;

/// <summary>Measures operators alone, each with all kernel sets in turn.</summary>
internal static class OperatorBenchmark
{
    /// <summary>Measures an operator.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="sets">The kernel sets, 1 or more.</param>
    /// <param name="rounds">Rounds in which all run in turn, 1 or more.</param>
    /// <param name="cancellation">Ends the measurement between two turns.</param>
    public static OperatorRates Run(BenchmarkedOperator op, IReadOnlyList<KernelSet> sets, int rounds, CancellationToken cancellation)
    {
        byte[] file = op.File();
        long macs = ModelInspector.Inspect(file).Macs;
        Timing[] timings = Alternation.Run([.. sets.Select(set => new EdgeQuantContestant(file, set))], rounds, cancellation);
        return new OperatorRates(op.Name, macs, [.. sets.Select((set, i) => new OperatorRate(set.Name, timings[i], macs / (timings[i].Minimum * 1e-9)))]);
    }
}
