using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Graph.Passes;
using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Tests.Host;
using Xunit;

namespace EdgeQuant.Converter.Tests.Graph.Passes;

public sealed class EdgesToHostTests
{
    [Fact]
    public void Float_at_both_ends_leaves_integers_on_the_device()
    {
        NetworkGraph graph = TinyGraph.FloatAtBothEnds().Graph;

        Assert.Equal(3, Run(graph));
        Assert.Equal("Quantize", Names(graph.HostBefore));
        Assert.Equal("FullyConnected", Names(graph.Nodes));
        Assert.Equal("Dequantize, Softmax", Names(graph.HostAfter));
        Assert.Equal(graph.HostBefore[0].Outputs, graph.DeviceInputs());
        Assert.Equal([graph.HostAfter[0].Input(0)], graph.DeviceOutputs());
    }

    [Fact]
    public void Integer_network_stays_as_it_is()
    {
        NetworkGraph graph = TinyGraph.Integer().Graph;

        Assert.Equal(0, Run(graph));
        Assert.Equal(graph.Inputs, graph.DeviceInputs());
        Assert.Equal(graph.Outputs, graph.DeviceOutputs());
    }

    [Fact]
    public void Reshapes_of_float_tensors_go_along()
    {
        TinyGraph tiny = new();
        Tensor input = tiny.Input("x", DataType.Float32, 2, 2);
        Tensor flat = tiny.Add(new Reshape(), input, DataType.Float32, 1, TinyGraph.Columns);
        Tensor scores = tiny.Dequantize(tiny.Product(tiny.Quantize(flat)));
        tiny.Output(tiny.Add(new Reshape(), scores, DataType.Float32, TinyGraph.Rows));

        Run(tiny.Graph);
        Assert.Equal("Reshape, Quantize", Names(tiny.Graph.HostBefore));
        Assert.Equal("Dequantize, Reshape", Names(tiny.Graph.HostAfter));
    }

    [Fact]
    public void Integer_reshape_between_the_device_and_the_host_stays_on_the_device()
    {
        TinyGraph tiny = new();
        Tensor scores = tiny.Product(tiny.Input("x", DataType.Int8, 1, TinyGraph.Columns));
        tiny.Output(tiny.Dequantize(tiny.Add(new Reshape(), scores, DataType.Int8, TinyGraph.Rows)));

        Run(tiny.Graph);
        Assert.Equal("FullyConnected, Reshape", Names(tiny.Graph.Nodes));
    }

    [Fact]
    public void Integer_reshape_between_two_conversions_goes_to_the_host()
    {
        TinyGraph tiny = new();
        Tensor rounded = tiny.Quantize(tiny.Input("x", DataType.Float32, 2, 2));
        Tensor flat = tiny.Add(new Reshape(), rounded, DataType.Int8, 1, TinyGraph.Columns);
        Tensor again = tiny.Quantize(tiny.Add(new LogSoftmax(), tiny.Dequantize(flat), DataType.Float32, 1, TinyGraph.Columns));
        tiny.Output(tiny.Product(again));

        Run(tiny.Graph);
        Assert.Equal("Quantize, Reshape, Dequantize, LogSoftmax, Quantize", Names(tiny.Graph.HostBefore));
        Assert.Equal("FullyConnected", Names(tiny.Graph.Nodes));
    }

    [Fact]
    public void Integer_reshape_after_the_last_conversion_goes_to_the_host()
    {
        TinyGraph tiny = new();
        Tensor scores = tiny.Dequantize(tiny.Product(tiny.Input("x", DataType.Int8, 1, TinyGraph.Columns)));
        tiny.Output(tiny.Add(new Reshape(), tiny.Quantize(scores), DataType.Int8, TinyGraph.Rows));

        Run(tiny.Graph);
        Assert.Equal("FullyConnected", Names(tiny.Graph.Nodes));
        Assert.Equal("Dequantize, Quantize, Reshape", Names(tiny.Graph.HostAfter));
    }

    [Fact]
    public void Requantization_of_an_integer_input_through_floats_goes_before_the_device()
    {
        TinyGraph tiny = new();
        Tensor input = tiny.Input("x", DataType.Int8, 1, TinyGraph.Columns);
        tiny.Output(tiny.Product(tiny.Quantize(tiny.Dequantize(input))));

        Run(tiny.Graph);
        Assert.Equal("Dequantize, Quantize", Names(tiny.Graph.HostBefore));
        Assert.Equal(tiny.Graph.HostBefore[1].Outputs, tiny.Graph.DeviceInputs());
    }

    [Fact]
    public void Single_quantize_leaves_a_device_that_gives_back_its_input()
    {
        TinyGraph tiny = new();
        tiny.Output(tiny.Quantize(tiny.Input("x", DataType.Float32, 3)));

        Run(tiny.Graph);
        Assert.Equal("Quantize", Names(tiny.Graph.HostBefore));
        Assert.Equal(tiny.Graph.Outputs, tiny.Graph.DeviceInputs());
        Assert.Equal(tiny.Graph.Outputs, tiny.Graph.DeviceOutputs());
    }

    [Fact]
    public void Single_dequantize_leaves_a_device_that_gives_back_its_input()
    {
        TinyGraph tiny = new();
        tiny.Output(tiny.Dequantize(tiny.Input("x", DataType.Int8, 3)));

        Run(tiny.Graph);
        Assert.Equal("Dequantize", Names(tiny.Graph.HostAfter));
        Assert.Equal(tiny.Graph.Inputs, tiny.Graph.DeviceInputs());
        Assert.Equal(tiny.Graph.Inputs, tiny.Graph.DeviceOutputs());
    }

    [Fact]
    public void Scaling_of_camera_bytes_goes_before_the_device()
    {
        TinyGraph tiny = new();
        Tensor real = tiny.Add(new Cast(), tiny.Input("pixels", DataType.UInt8, 1, TinyGraph.Columns), DataType.Float32, 1, TinyGraph.Columns);
        Tensor factor = tiny.Constant(DataType.Float32, Floats.Bytes(1 / 255f));
        Tensor scaled = new("scaled", DataType.Float32, real.Shape);
        tiny.Graph.Nodes.Add(new Node(new Arithmetic(ArithmeticFunction.Multiply, Activation.None), [real, factor], [scaled]));
        tiny.Output(tiny.Dequantize(tiny.Product(tiny.Quantize(scaled))));
        tiny.Output(tiny.Add(new Unary(UnaryFunction.Logistic), tiny.Graph.Outputs[0], DataType.Float32, 1, TinyGraph.Rows));

        Run(tiny.Graph);
        Assert.Equal("Cast, Multiply, Quantize", Names(tiny.Graph.HostBefore));
        Assert.Equal("FullyConnected", Names(tiny.Graph.Nodes));
        Assert.Equal("Dequantize, Logistic", Names(tiny.Graph.HostAfter));
        ModelRunner runner = ModelRunner.Load(tiny.Convert().File);
        byte[] result = new byte[runner.OutputBytes];
        runner.Run([0, 255, 1, 128], result);
        Assert.Equal(2 * TinyGraph.Rows * sizeof(float), result.Length);
    }

    [Fact]
    public void Float_in_the_middle_stays_and_is_refused_by_name()
    {
        TinyGraph tiny = new();
        Tensor middle = tiny.Dequantize(tiny.Product(tiny.Input("x", DataType.Int8, 1, TinyGraph.Columns)));
        middle.Name = "in the middle";
        Tensor padded = tiny.Add(new Reshape(), tiny.Quantize(middle), DataType.Int8, 1, TinyGraph.Rows);
        Tensor weights = tiny.Constant(DataType.Int8, new byte[TinyGraph.Rows], 1, TinyGraph.Rows);
        Tensor output = new("y", DataType.Int8, [1, 1]) { Quantization = Quantization.PerTensor(1, 0) };
        weights.Quantization = Quantization.PerTensor(1, 0);
        tiny.Graph.Nodes.Add(new Node(new FullyConnected(Activation.None), [padded, weights, null], [output]));
        tiny.Output(output);

        UnsupportedNetworkException refused = Assert.Throws<UnsupportedNetworkException>(() => tiny.Convert());
        Assert.Contains(refused.Refusals, refusal => refusal.ToString().Contains("in the middle", StringComparison.Ordinal));
    }

    [Fact]
    public void Float_input_that_only_the_device_could_read_is_refused_by_name()
    {
        TinyGraph tiny = new();
        tiny.Output(tiny.Product(tiny.Input("the float input", DataType.Float32, 1, TinyGraph.Columns)));

        UnsupportedNetworkException refused = Assert.Throws<UnsupportedNetworkException>(() => tiny.Convert());
        Assert.Contains(refused.Refusals, refusal => refusal.ToString().Contains("the float input", StringComparison.Ordinal));
    }

    [Fact]
    public void Device_inputs_and_outputs_keep_the_order_of_the_network()
    {
        TinyGraph tiny = new();
        Tensor real = tiny.Input("real", DataType.Float32, 1, TinyGraph.Columns);
        Tensor integer = tiny.Input("integer", DataType.Int8, 1, TinyGraph.Columns);
        tiny.Input("unused", DataType.Float32, 7);
        Tensor fromInteger = tiny.Product(integer);
        Tensor fromReal = tiny.Product(tiny.Quantize(real));
        tiny.Output(fromInteger);
        tiny.Output(tiny.Dequantize(fromReal));
        tiny.Output(real);

        Run(tiny.Graph);
        Assert.Equal([tiny.Graph.HostBefore[0].Output(), integer], tiny.Graph.DeviceInputs());
        Assert.Equal([fromInteger, fromReal], tiny.Graph.DeviceOutputs());
    }

    [Fact]
    public void Constants_that_are_dequantized_fold()
    {
        TinyGraph tiny = new();
        Tensor folded = tiny.Dequantize(tiny.Constant(DataType.Int8, [1, 2, 253], 3));
        tiny.Output(folded);

        Assert.Equal(1, new FoldConstants().Run(tiny.Graph));
        Assert.Empty(tiny.Graph.Nodes);
        Assert.Equal(Floats.Bytes(0.05f * 4, 0.05f * 5, 0), folded.Data!.Value.ToArray());
    }

    private static int Run(NetworkGraph graph)
    {
        return new EdgesToHost().Run(graph);
    }

    private static string Names(IEnumerable<Node> nodes)
    {
        return string.Join(", ", nodes.Select(node => node.Operation.Name));
    }
}
