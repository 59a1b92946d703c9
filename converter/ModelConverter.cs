using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Passes;
using EdgeQuant.Converter.Import.TensorFlowLite;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Converter.Pack;
using EdgeQuant.Converter.Plan;

namespace EdgeQuant.Converter;

/// <summary>The whole way from a trained network to a model file: import, passes, lowering, plan, pack.</summary>
internal static class ModelConverter
{
    /// <summary>Converts a TensorFlow Lite file.</summary>
    /// <exception cref="TfliteFormatException">The file is malformed.</exception>
    /// <exception cref="UnsupportedNetworkException">The network cannot be supported: all reasons at once.</exception>
    public static ConversionResult Convert(ReadOnlyMemory<byte> source, ConversionOptions options)
    {
        NetworkGraph graph = TfliteImporter.Import(TfliteModel.Parse(source));
        options.AfterPass?.Invoke(graph, null);
        PassList.Run(graph, (pass, _) => options.AfterPass?.Invoke(graph, pass));
        LoweredNetwork network = Lowering.Run(graph);
        ArenaPlan plan = ArenaPlanner.Run(network);
        byte[] file = ModelWriter.Write(network, selfTest: null, modelCard: null);
        return new ConversionResult(file, graph, network, plan);
    }
}
