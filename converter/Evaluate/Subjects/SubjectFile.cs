using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Checks;
using EdgeQuant.Converter.Graph.Passes;
using EdgeQuant.Converter.Import;
using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Evaluate.Subjects;

/// <summary>Makes versions of networks that can be run of files.</summary>
internal static class SubjectFile
{
    /// <summary>True if the bytes are those of a model file (<c>.eqm</c>).</summary>
    public static bool IsPacked(ReadOnlySpan<byte> file)
    {
        return file.StartsWith("EQM\u001a"u8);
    }

    /// <summary>
    /// Loads any file: a packed one runs as it is; a network that was quantized elsewhere runs as the file that it converts to, or is simulated
    /// where the device has no such operators; a float network runs with real numbers.
    /// </summary>
    /// <param name="name">What to call it.</param>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="options">What its import is told; null for nothing.</param>
    /// <exception cref="ModelFormatException">It is a damaged model file.</exception>
    /// <exception cref="UnsupportedNetworkException">The network cannot be executed: all reasons at once.</exception>
    public static Subject Load(string name, byte[] file, ImportOptions? options = null)
    {
        if (IsPacked(file))
        {
            return new PackedSubject(name, file);
        }

        ImportedNetwork network = NetworkFile.Import(file, options);
        Check(network.Graph);
        return FloatArithmetic.IsIn(network.Graph) ? OfFloat(name, network.Graph) : OfQuantized(name, network, file);
    }

    /// <summary>Checks a network that was imported.</summary>
    /// <exception cref="UnsupportedNetworkException">Something of it was refused: all reasons at once.</exception>
    public static void Check(NetworkGraph graph)
    {
        GraphCheck.Run(graph);
        if (graph.Refusals.Count > 0)
        {
            throw new UnsupportedNetworkException([.. graph.Refusals]);
        }
    }

    /// <summary>A float network.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="graph">The network as it was imported and checked; it is simplified.</param>
    /// <exception cref="UnsupportedNetworkException">The network cannot be executed: all reasons at once.</exception>
    public static GraphSubject OfFloat(string name, NetworkGraph graph)
    {
        FloatPassList.Run(graph);
        return new GraphSubject(name, FloatExecutor.Of(graph), SubjectForm.Float);
    }

    /// <summary>A float network that was quantized, simulated; its tensors go by the float network's names.</summary>
    public static GraphSubject OfQuantized(string name, QuantizedNetwork network)
    {
        Dictionary<Tensor, string> names = [];
        foreach ((Tensor source, Tensor tensor) in network.Tensors)
        {
            names.TryAdd(tensor, source.Name);
        }

        return new GraphSubject(name, FloatExecutor.Of(network.Graph), SubjectForm.Simulated, names);
    }

    private static Subject OfQuantized(string name, ImportedNetwork network, byte[] file)
    {
        NetworkGraph copy = GraphCopy.Of(network.Graph).Graph;
        try
        {
            return new PackedSubject(name, ModelConverter.Convert(network, file, new ConversionOptions { SourceName = name, KeepNames = true }).File);
        }
        catch (UnsupportedNetworkException) when (Simulated(name, copy) is GraphSubject simulated)
        {
            return simulated;
        }
    }

    private static GraphSubject? Simulated(string name, NetworkGraph graph)
    {
        try
        {
            return new GraphSubject(name, FloatExecutor.Of(graph), SubjectForm.Simulated);
        }
        catch (UnsupportedNetworkException)
        {
            return null;
        }
    }
}
