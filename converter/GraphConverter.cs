using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Checks;
using EdgeQuant.Converter.Graph.Passes;
using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Converter.Pack;
using EdgeQuant.Converter.Plan;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter;

/// <summary>From an imported network to a model file: passes, lowering, plan, pack, self-check.</summary>
internal static class GraphConverter
{
    /// <summary>Converts a graph, which the passes rewrite.</summary>
    /// <param name="graph">The network as it was imported.</param>
    /// <param name="source">The bytes of the source file.</param>
    /// <param name="importer">The format that it was read as.</param>
    /// <param name="options">What the conversion is told.</param>
    /// <exception cref="UnsupportedNetworkException">The network cannot be supported: all reasons at once.</exception>
    /// <exception cref="InvalidDataException">The inputs for the self-test are no whole records.</exception>
    /// <exception cref="SelfCheckException">The packed file does not give the outputs that it was packed with.</exception>
    public static ConversionResult Convert(NetworkGraph graph, ReadOnlySpan<byte> source, string importer, ConversionOptions options)
    {
        GraphCheck.Run(graph);
        options.AfterPass?.Invoke(graph, ConversionOptions.Import);
        PassList.Run(graph, (pass, _) => options.AfterPass?.Invoke(graph, pass.Name));
        LoweredNetwork network = Lowering.Run(graph);
        ArenaPlan plan = ArenaPlanner.Run(network);
        FileLimits.Require(network);
        ModelCard card = ModelCardMaker.Make(graph, source, options.SourceName, importer);
        if (options.KeepNames)
        {
            card.TensorNames = [.. network.Tensors().Select(tensor => tensor.Storage == TensorStorage.Arena ? tensor.Source?.Name : null)];
        }

        byte[] cardSection = ModelCardJson.Write(card);
        byte[] file = Tested(network, cardSection, options.SelfTestInputs);
        return new ConversionResult(file, graph, network, plan, card);
    }

    /// <summary>Writes the file with the outputs that it gives, and sees that it gives them.</summary>
    private static byte[] Tested(LoweredNetwork network, byte[] card, byte[]? inputs)
    {
        try
        {
            byte[] untested = ModelWriter.Write(network, selfTest: null, card);
            byte[] selfTest = inputs is null ? SelfTestWriter.Seeded(untested) : SelfTestWriter.Given(untested, inputs);
            byte[] file = ModelWriter.Write(network, selfTest, card);
            Check(file);
            return file;
        }
        catch (ModelFormatException exception)
        {
            // The runtime has the last word on what it executes; the lowering says most of it earlier and better.
            throw new UnsupportedNetworkException([new Refusal("network", [], $"The runtime refuses what it becomes. {exception.Message}", "Change what it names, or split the network.")]);
        }
    }

    /// <summary>Loads the file as its user will and runs its self-test.</summary>
    private static void Check(byte[] file)
    {
        Network network = ModelRunner.Load(file).Network;
        int failed = network.SelfTest();
        if (network.SelfTestRecords == 0 || failed >= 0)
        {
            throw new SelfCheckException($"The packed file gives other outputs than it was packed with: record {failed} of {network.SelfTestRecords}. This is an error in EdgeQuant.");
        }
    }
}
