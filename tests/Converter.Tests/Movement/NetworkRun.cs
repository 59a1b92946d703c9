using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Checks;
using EdgeQuant.Converter.Graph.Passes;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Converter.Pack;
using EdgeQuant.Converter.Plan;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Model;
using Xunit;

namespace EdgeQuant.Converter.Tests.Movement;

/// <summary>A graph on its way to the device and what comes back.</summary>
internal sealed class NetworkRun
{
    private readonly NetworkGraph _graph;
    private readonly LoweredNetwork _network;
    private readonly byte[] _file;

    private NetworkRun(NetworkGraph graph)
    {
        _graph = graph;
        _network = Lowering.Run(graph);
        ArenaPlanner.Run(_network);
        _file = ModelWriter.Write(_network, selfTest: null, modelCard: null);
    }

    /// <summary>The kinds of the device's operators, in their order.</summary>
    public OperatorKind[] Operators => [.. _network.Operators.Select(op => op.Kind)];

    /// <summary>The packed model.</summary>
    public byte[] File => _file;

    /// <summary>Lowers the graph as it stands.</summary>
    public static NetworkRun AsItStands(NetworkGraph graph)
    {
        GraphCheck.Run(graph);
        return new NetworkRun(graph);
    }

    /// <summary>Lowers the graph after all passes.</summary>
    public static NetworkRun AfterPasses(NetworkGraph graph)
    {
        GraphCheck.Run(graph);
        PassList.Run(graph);
        return new NetworkRun(graph);
    }

    /// <summary>Runs one inference after another and gives the last one's outputs, which all kernel sets must agree on.</summary>
    /// <param name="bytesOf">The bytes of a network input.</param>
    /// <param name="inferences">How many inferences.</param>
    public byte[][] Outputs(Func<Tensor, byte[]> bytesOf, int inferences = 1)
    {
        byte[][]? outputs = null;
        foreach (KernelSet kernels in KernelSets.All)
        {
            Network network = Network.Load(_file, kernels);
            for (int inference = 0; inference < inferences; inference++)
            {
                for (int i = 0; i < network.InputCount; i++)
                {
                    bytesOf(_network.Inputs[i].Source!).CopyTo(MemoryMarshal.AsBytes(network.Input(i)));
                }

                network.Invoke();
            }

            byte[][] made = [.. _graph.Outputs.Select(output => MemoryMarshal.AsBytes(network.Output(_network.Outputs.FindIndex(lowered => lowered.Source == output))).ToArray())];
            Assert.True(outputs is null || outputs.Zip(made).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)), $"the kernels '{kernels.Name}' give other results");
            outputs = made;
        }

        return outputs!;
    }
}
