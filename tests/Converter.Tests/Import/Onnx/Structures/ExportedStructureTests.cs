using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Graph.Passes;
using Xunit;

namespace EdgeQuant.Converter.Tests.Import.Onnx.Structures;

/// <summary>Structures as exporters write them: imported, and simplified, they compute what <see cref="PlainOnnx"/> computes.</summary>
public sealed class ExportedStructureTests
{
    private const long Version = 13;
    private const int Seed = 3;

    public static TheoryData<string> Inner => [.. ExportedStructures.InNetworks.Keys];

    public static TheoryData<string> Last => [.. ExportedStructures.AtEnds.Keys];

    [Theory]
    [MemberData(nameof(Inner))]
    public void In_a_network_they_compute_the_same_and_leave_transpositions_at_its_edges_only(string name)
    {
        StructureBuilder builder = new(Version);
        string before = builder.Conv(builder.Network.Input("x", 1, 3, 6, 5), 3, 8);
        string after = builder.Conv(ExportedStructures.InNetworks[name](builder, before), 8, 4);

        NetworkGraph graph = Compare(name, builder.Network.Output(after), 1, 3, 6, 5);

        Assert.All(
            graph.Nodes.Where(node => node.Operation is Transpose),
            node => Assert.True(graph.Inputs.Contains(node.Input(0)) || graph.Outputs.Contains(node.Output()), $"A transposition is left inside: {string.Join(", ", graph.Nodes.Select(other => other.Operation.Name))}"));
    }

    [Theory]
    [MemberData(nameof(Last))]
    public void At_its_end_they_compute_the_same(string name)
    {
        StructureBuilder builder = new(Version);
        string before = builder.Conv(builder.Network.Input("x", "N", 3, 6, 5), 3, 8);
        Compare(name, builder.Network.Output(ExportedStructures.AtEnds[name](builder, before)), 1, 3, 6, 5);
    }

    [Fact]
    public void Convolutions_between_transpositions_as_tf2onnx_writes_them_have_none_left()
    {
        StructureBuilder builder = new(Version);
        string x = builder.Network.Input("x", 1, 6, 5, 3);
        string first = builder.Node("Relu", [builder.Conv(First(x), 3, 8)]);
        string pooled = builder.Node("MaxPool", [First(Last(first))], ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 1 }));
        string biased = builder.Node("Add", [Last(pooled), builder.Weights(8)]);
        NetworkGraph graph = Compare("tf2onnx", builder.Network.Output(Last(builder.Conv(First(biased), 8, 4, groups: 4))), 1, 6, 5, 3);

        Assert.DoesNotContain(graph.Nodes, node => node.Operation is Transpose);

        string First(string data)
        {
            return builder.Node("Transpose", [data], ("perm", new long[] { 0, 3, 1, 2 }));
        }

        string Last(string data)
        {
            return builder.Node("Transpose", [data], ("perm", new long[] { 0, 2, 3, 1 }));
        }
    }

    [Fact]
    public void A_shuffle_of_channels_moves_elements_once()
    {
        StructureBuilder builder = new(Version);
        string images = builder.Conv(builder.Network.Input("x", 1, 3, 6, 5), 3, 8);
        string groups = builder.Node("Transpose", [builder.Node("Reshape", [images, builder.Ints(1, 2, 4, 6, 5)])], ("perm", new long[] { 0, 2, 1, 3, 4 }));
        string shuffled = builder.Node("Reshape", [groups, builder.Ints(1, 8, 6, 5)]);

        NetworkGraph graph = Compare("shuffle", builder.Network.Output(builder.Conv(shuffled, 8, 4)), 1, 3, 6, 5);

        Assert.Single(graph.Nodes, node => node.Operation is Transpose && node.Output().Rank == 5);
        Assert.Equal(3, graph.Nodes.Count(node => node.Operation is Transpose));
    }

    [Theory]
    [InlineData("LSTM", 4, "forward", 0, false)]
    [InlineData("LSTM", 4, "reverse", 0, true)]
    [InlineData("LSTM", 4, "bidirectional", 0, true)]
    [InlineData("GRU", 3, "forward", 1, false)]
    [InlineData("GRU", 3, "reverse", 0, true)]
    [InlineData("GRU", 3, "bidirectional", 1, true)]
    [InlineData("RNN", 1, "forward", 0, true)]
    [InlineData("RNN", 1, "bidirectional", 0, false)]
    public void Recurrent_layers_compute_the_same(string type, int gates, string direction, int linearBeforeReset, bool hasFirst)
    {
        const int Batch = 2;
        const int Cells = 3;
        const int Steps = 4;
        const int Features = 5;
        int directions = direction == "bidirectional" ? 2 : 1;
        StructureBuilder builder = new(Version);
        string x = builder.Network.Input("x", Steps, Batch, Features);
        List<string> inputs = [x, builder.Weights(directions, gates * Cells, Features), builder.Weights(directions, gates * Cells, Cells), builder.Weights(directions, 2 * gates * Cells)];
        if (hasFirst)
        {
            inputs.AddRange(["", builder.Weights(directions, Batch, Cells)]);
            inputs.AddRange(type == "LSTM" ? [builder.Weights(directions, Batch, Cells)] : []);
        }

        (string, object)[] attributes = [("hidden_size", Cells), ("direction", direction), .. type == "GRU" ? [("linear_before_reset", (object)linearBeforeReset)] : Array.Empty<(string, object)>()];
        Compare(type, builder.Network.Output(builder.Network.Nodes(type, type == "LSTM" ? 3 : 2, [.. inputs], attributes)), Steps, Batch, Features);
    }

    /// <summary>Compares the network as it is imported and as it is simplified.</summary>
    /// <returns>The simplified network.</returns>
    private static NetworkGraph Compare(string name, OnnxNetwork network, params int[] shape)
    {
        NetworkGraph graph = network.Import();
        float[] values = GraphRun.Inputs(graph, Seed)[0];
        PlainTensor[] expected = PlainOnnx.Run(network.Model.Graph, new PlainTensor(shape, Array.ConvertAll(values, value => (double)value)));
        Check(name);
        FloatPassList.Run(graph);
        Check(name + ", simplified");
        return graph;

        void Check(string of)
        {
            float[][] found = GraphRun.Outputs(graph, values);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i].Shape, graph.Outputs[i].Shape);
                GraphRun.Close(Array.ConvertAll(expected[i].Values, value => (float)value), found[i], of);
            }
        }
    }
}
