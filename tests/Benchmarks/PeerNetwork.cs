using EdgeQuant.Converter.Export.Onnx;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Import;
using EdgeQuant.Tool.Files;

namespace EdgeQuant.Benchmarks;

/// <summary>A network as ONNX Runtime runs it, and the empty one that shows what a call takes.</summary>
/// <param name="Source">Which file it runs.</param>
/// <param name="Network">The network.</param>
/// <param name="Empty">A network that gives back inputs of the same size.</param>
internal sealed record PeerNetwork(string Source, OnnxRuntimeContestant Network, OnnxRuntimeContestant Empty)
{
    /// <summary>Loads a network.</summary>
    /// <param name="peer">What runs it.</param>
    /// <param name="network">The network.</param>
    /// <param name="source">The bytes of its file, which is no <c>.eqm</c> file.</param>
    /// <param name="folder">Where files can be written.</param>
    /// <exception cref="UnsupportedNetworkException">ONNX cannot say what it computes.</exception>
    public static PeerNetwork Load(OnnxRuntimeProcess peer, BenchmarkedNetwork network, byte[] source, string folder)
    {
        ImportedNetwork imported = InputFile.Import(network.Path, source, ImportOptions.Default);
        string empty = Path.Combine(folder, network.Name + ".empty.onnx");
        File.WriteAllBytes(empty, EmptyNetwork.Like(imported.Graph.Inputs));
        string? onnx = network.OnnxPath ?? (imported.Importer == "onnx" ? network.Path : null);
        if (onnx is null)
        {
            onnx = Path.Combine(folder, network.Name + ".onnx");
            File.WriteAllBytes(onnx, OnnxExporter.Export(imported.Graph).File);
            return Load(peer, "exported by EdgeQuant", onnx, empty);
        }

        return Load(peer, Path.GetFileName(onnx), onnx, empty);
    }

    private static PeerNetwork Load(OnnxRuntimeProcess peer, string source, string onnx, string empty)
    {
        return new PeerNetwork(source, new OnnxRuntimeContestant(peer, peer.Load(onnx)), new OnnxRuntimeContestant(peer, peer.Load(empty)));
    }
}
