using EdgeQuant.Converter;
using EdgeQuant.Converter.Evaluate.Subjects;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Import;
using EdgeQuant.Converter.Report;
using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Tool.Files;

namespace EdgeQuant.Benchmarks;

/// <summary>Measures networks, each with all kernel sets and in the peer.</summary>
/// <param name="sets">The kernel sets, 1 or more.</param>
/// <param name="threads">The threads that they compute with.</param>
/// <param name="peaks">What this machine can do at most with each.</param>
/// <param name="peer">The peer; null to leave it out.</param>
/// <param name="rounds">Rounds in which all run in turn, 1 or more.</param>
/// <param name="folder">Where files can be written.</param>
internal sealed class NetworkBenchmark(
    IReadOnlyList<KernelSet> sets, int threads, IReadOnlyList<PeakReport> peaks, OnnxRuntimeProcess? peer, int rounds, string folder)
{
    /// <summary>Inferences that are measured operator by operator, for each round.</summary>
    private const int OperatorInferences = 20;

    /// <summary>Where the model file of a network is once it was measured.</summary>
    public string ModelOf(BenchmarkedNetwork network)
    {
        return Path.Combine(folder, network.Name + ".eqm");
    }

    /// <summary>Measures a network.</summary>
    /// <exception cref="Tool.ToolException">Its file cannot be read.</exception>
    /// <exception cref="UnsupportedNetworkException">EdgeQuant cannot run it.</exception>
    public NetworkFigures Run(BenchmarkedNetwork network, CancellationToken cancellation)
    {
        byte[] source = InputFile.Read(network.Path);
        bool isModel = SubjectFile.IsPacked(source);
        byte[] file = isModel ? source : InputFile.Parse(network.Path, () => Convert(network, source));
        (PeerNetwork? inPeer, string? noPeer) = isModel ? (null, "A model file cannot be exported: give the network that it was converted from.") : InPeer(network, source);
        IContestant[] own = [.. sets.Select(set => new EdgeQuantContestant(file, set)), .. sets.Select(set => new LoadContestant(file, set))];
        IContestant[] others = inPeer is null ? [] : [inPeer.Network, inPeer.Empty];
        Timing[] timings = Alternation.Run([.. own, .. others], rounds, cancellation);
        PeerFigures? peerFigures = inPeer is null ? null : new PeerFigures(inPeer.Source, timings[own.Length], timings[own.Length + 1]);
        string path = ModelOf(network);
        File.WriteAllBytes(path, file);
        long macs = ModelInspector.Inspect(file).Macs;
        IEnumerable<KernelSetFigures> figures = sets.Select((set, i) =>
        {
            BenchmarkReport operators = Benchmark.Run(file, set, threads, peaks[i], rounds * OperatorInferences, cancellation);
            double rate = macs / (timings[i].Median * 1e-9);
            return new KernelSetFigures(
                set.Name,
                timings[i],
                rate,
                peaks[i],
                rate / peaks[i].MacsPerSecond,
                peerFigures is null ? null : Ratio.Of(peerFigures, timings[i]),
                timings[sets.Count + i],
                Affinity.Unpinned(() => FirstInference.Measure(path, set, threads)),
                [.. operators.Operators.Select(Operator)]);
        });
        return new NetworkFigures(network.Name, macs, file.Length, peerFigures, peer is null ? null : noPeer, [.. figures]);
    }

    private static byte[] Convert(BenchmarkedNetwork network, byte[] source)
    {
        return ModelConverter.Convert(source, new ConversionOptions { SourceName = network.Name, ImportOptions = InputFile.Beside(network.Path, ImportOptions.Default) }).File;
    }

    private (PeerNetwork? Network, string? Problem) InPeer(BenchmarkedNetwork network, byte[] source)
    {
        try
        {
            return (peer is null ? null : PeerNetwork.Load(peer, network, source, folder), null);
        }
        catch (UnsupportedNetworkException exception)
        {
            return (null, exception.Refusals[0].Reason);
        }
    }

    private static OperatorFigures Operator(OperatorTiming timing)
    {
        OperatorReport op = timing.Operator;
        return new OperatorFigures(op.Index, op.Kind, op.Outputs[0].Shape, op.Macs, timing.Nanoseconds, timing.Share, timing.MacsPerSecond, timing.ShareOfPeak);
    }
}
