using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Import;
using EdgeQuant.Converter.Import.Onnx.Protocol;
using Xunit;
using ElementType = EdgeQuant.Converter.Import.Onnx.Protocol.TensorProto.Types.DataType;

namespace EdgeQuant.Converter.Tests.Import.Onnx;

/// <summary>Well-formed files that cannot be supported, and what is said of them.</summary>
public sealed class OnnxRefusalTests
{
    [Fact]
    public void All_reasons_come_at_once_and_what_is_behind_a_refused_operator_is_looked_at()
    {
        OnnxNetwork network = new();
        string x = network.Input("x", 1, 4);
        string loop = network.Node("Loop", [x]);
        string behind = network.Node("Relu", [loop]);
        string sorted = network.Nodes("TopK", 2, [behind, network.Integers(2)])[0];
        string random = network.Node("RandomNormalLike", [x]);
        network.Output(network.Node("Add", [sorted, random]));

        NetworkGraph graph = network.ImportAsItIs();

        Assert.Equal(["node 0, Loop version 17", "node 2, TopK version 17", "node 3, RandomNormalLike version 17"], graph.Refusals.Select(refusal => refusal.Place));
        Assert.All(graph.Refusals, refusal => Assert.NotEmpty(refusal.Help));
        Assert.All(graph.Nodes, node => Assert.IsType<Unsupported>(node.Operation));
    }

    [Fact]
    public void Operators_of_other_domains_are_refused_by_name()
    {
        OnnxNetwork network = new();
        network.Output(network.Node("FusedMatMul", [network.Input("x", 1, 4)]));
        network.Model.Graph.Node[0].Domain = "com.example";
        network.Model.Graph.Node[0].Name = "fused";

        Refusal refusal = Assert.Single(network.ImportAsItIs().Refusals);

        Assert.Equal("node 0 'fused', FusedMatMul version 17", refusal.Place);
        Assert.Contains("'com.example'", refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Attributes_that_nobody_knows_are_refused()
    {
        Assert.Contains("'alpah'", Reason("LeakyRelu", ("alpah", 0.5f)), StringComparison.Ordinal);
    }

    [Fact]
    public void Attributes_of_another_type_are_refused()
    {
        Assert.Contains("'alpha' is INT; it must be FLOAT", Reason("LeakyRelu", ("alpha", 1)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(22)]
    [InlineData(0)]
    public void Versions_that_are_not_known_are_refused(long version)
    {
        OnnxNetwork network = new(version);
        network.Output(network.Node("Relu", [network.Input("x", 1, 4)]));

        Assert.Contains("supported are 7 to 21", Whole(network), StringComparison.Ordinal);
    }

    [Fact]
    public void Training_functions_and_sparse_constants_are_refused_together()
    {
        OnnxNetwork network = new();
        network.Output(network.Node("Relu", [network.Input("x", 1, 4)]));
        network.Model.TrainingInfo.Add(new UnreadProto());
        network.Model.Functions.Add(new UnreadProto());
        network.Model.Graph.SparseInitializer.Add(new UnreadProto());

        UnsupportedNetworkException exception = Assert.Throws<UnsupportedNetworkException>(() => network.ImportAsItIs());

        Assert.Equal(3, exception.Refusals.Count);
    }

    [Fact]
    public void An_open_batch_size_is_1_and_said()
    {
        OnnxNetwork network = new();
        network.Output(network.Node("Relu", [network.Input("x", "N", 4)]));

        NetworkGraph graph = network.Import();

        Assert.Equal([1, 4], graph.Inputs[0].Shape);
        Assert.Equal("The input 'x' has the shape [N,4]: its batch size was taken as 1.", Assert.Single(graph.Notes));
    }

    [Fact]
    public void Other_open_sizes_are_refused_unless_they_are_given()
    {
        OnnxNetwork network = new();
        network.Output(network.Node("Relu", [network.Input("x", 1, 3, "height", "width")]));

        Assert.Contains("[1,3,height,width]", Whole(network), StringComparison.Ordinal);
        Assert.Contains("--input-shape x=", Whole(network), StringComparison.Ordinal);
        Assert.Equal([1, 3, 6, 8], network.Import(Given("x", 1, 3, 6, 8)).Outputs[0].Shape);
        Assert.Contains("the file says [1,3,height,width]", Whole(network, Given("x", 1, 4, 6, 8)), StringComparison.Ordinal);
        Assert.Contains("no input of the network", Whole(network, Given("y", 1)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData((int)ElementType.String)]
    [InlineData((int)ElementType.Complex64)]
    public void Inputs_of_other_types_are_refused(int type)
    {
        OnnxNetwork network = new();
        network.Output(network.Node("Identity", [network.Input("x", (ElementType)type, 1, 4)]));

        Assert.Contains("is not supported", Whole(network), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_nothing_makes_are_refused_where_they_are_read()
    {
        OnnxNetwork network = new();
        network.Input("x", 1, 4);
        network.Output(network.Node("Relu", ["y"]));

        Assert.Contains("It reads 'y', which nothing before it makes.", Assert.Single(network.ImportAsItIs().Refusals).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_that_are_not_supported_are_refused_if_something_reads_them()
    {
        OnnxNetwork network = new();
        string[] pool = network.Nodes("MaxPool", 2, [network.Input("x", 1, 2, 4, 4)], ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }));
        network.Output(pool[0]);
        network.Import();
        network.Output(network.Node("Cast", [pool[1]], ("to", (int)ElementType.Float)));

        Assert.Contains("output 1 of node 0, MaxPool", Assert.Single(network.ImportAsItIs().Refusals).Reason, StringComparison.Ordinal);
    }

    private static string Reason(string type, params (string, object)[] attributes)
    {
        OnnxNetwork network = new();
        network.Output(network.Node(type, [network.Input("x", 1, 4)], attributes));
        return Assert.Single(network.ImportAsItIs().Refusals).Reason;
    }

    private static ImportOptions Given(string name, params int[] shape)
    {
        return new ImportOptions { InputShapes = new Dictionary<string, int[]> { [name] = shape } };
    }

    private static string Whole(OnnxNetwork network, ImportOptions? options = null)
    {
        return Assert.Throws<UnsupportedNetworkException>(() => network.ImportAsItIs(options)).Message;
    }
}
