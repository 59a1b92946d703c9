using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Converter.Pack;
using EdgeQuant.Converter.Plan;
using EdgeQuant.Runtime;
using Xunit;

namespace EdgeQuant.Converter.Tests.Lower;

/// <summary>Chains of look-up tables: what is merged, what is not, and that the results stay the same.</summary>
public sealed class TableMergerTests
{
    private static readonly sbyte[] s_elements = [.. Enumerable.Range(sbyte.MinValue, 256).Select(value => (sbyte)value)];

    [Fact]
    public void A_chain_becomes_one_table_with_the_same_results()
    {
        LoweredNetwork merged = Lowering.Run(Chain(readBetween: false));
        LoweredNetwork whole = Lowering.Run(Chain(readBetween: true));
        Assert.Single(merged.Operators);
        Assert.Equal(3, whole.Operators.Count);
        Assert.Equal(Run(whole)[^1], Run(merged)[^1]);
    }

    [Fact]
    public void A_table_whose_output_another_node_reads_stays()
    {
        NetworkGraph graph = Chain(readBetween: false);
        Tensor extra = Make("extra", 0.1f, 3);
        graph.Nodes.Add(new Node(new Unary(UnaryFunction.Tanh), [graph.Nodes[1].Output()], [extra]));
        graph.Outputs.Add(extra);
        Assert.Equal(3, Lowering.Run(graph).Operators.Count);
    }

    [Fact]
    public void A_reshape_between_tables_does_not_keep_them_apart()
    {
        NetworkGraph graph = Chain(readBetween: false);
        Tensor view = new("view", DataType.Int8, [16, 16])
        {
            Quantization = graph.Nodes[0].Output().Quantization,
            View = new TensorView(graph.Nodes[0].Output(), 0),
        };
        graph.Nodes[1].Inputs[0] = view;
        LoweredNetwork network = Lowering.Run(graph);
        Assert.Single(network.Operators);
        Assert.Equal(Run(Lowering.Run(Chain(readBetween: false)))[0], Run(network)[0]);
    }

    /// <summary>A rectifier, a hyperbolic tangent and a requantization; what lies between is an output of the network if it is to be read.</summary>
    private static NetworkGraph Chain(bool readBetween)
    {
        Tensor[] tensors = [Make("input", 0.1f, -3), Make("rectified", 0.08f, -100), Make("tanh", 1f / 128, 0), Make("output", 0.02f, 20)];
        NetworkGraph graph = new("chain");
        graph.Inputs.Add(tensors[0]);
        Operation[] operations = [new LeakyRelu(0.2f), new Unary(UnaryFunction.Tanh), new Quantize()];
        for (int i = 0; i < operations.Length; i++)
        {
            graph.Nodes.Add(new Node(operations[i], [tensors[i]], [tensors[i + 1]]));
        }

        graph.Outputs.AddRange(readBetween ? tensors[1..] : tensors[^1..]);
        return graph;
    }

    private static Tensor Make(string name, float scale, int zeroPoint)
    {
        return new Tensor(name, DataType.Int8, [256]) { Quantization = Quantization.PerTensor(scale, zeroPoint) };
    }

    private static sbyte[][] Run(LoweredNetwork lowered)
    {
        ArenaPlanner.Run(lowered);
        Network network = Network.Load(ModelWriter.Write(lowered, selfTest: null, modelCard: null));
        s_elements.CopyTo(network.Input());
        network.Invoke();
        return [.. Enumerable.Range(0, network.OutputCount).Select(i => network.Output(i).ToArray())];
    }
}
