using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Passes;
using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Import.Onnx.Protocol;
using EdgeQuant.Converter.Report;
using Xunit;
using ElementType = EdgeQuant.Converter.Import.Onnx.Protocol.TensorProto.Types.DataType;

namespace EdgeQuant.Converter.Tests.Import.Onnx;

/// <summary>Windows of convolutions and pools that lie in the padding only.</summary>
public sealed class OnnxWindowTests
{
    private static readonly float[] Pixels = [1, 2, 3, 4];

    [Fact]
    public void A_convolution_gives_its_bias_there()
    {
        OnnxNetwork network = new();
        network.Output(network.Node(
            "Conv", [network.Input("x", 1, 1, 2, 2), network.Constant([10], 1, 1, 1, 1), network.Constant([5], 1)], ("pads", new long[] { 1, 1, 1, 1 })));

        Expect(network, [5, 5, 5, 5, 5, 15, 25, 5, 5, 35, 45, 5, 5, 5, 5, 5]);
    }

    [Fact]
    public void An_average_that_counts_padding_is_0_there()
    {
        OnnxNetwork network = new();
        network.Output(network.Node(
            "AveragePool", [network.Input("x", 1, 1, 2, 2)],
            ("kernel_shape", new long[] { 1, 2 }), ("pads", new long[] { 1, 0, 1, 2 }), ("count_include_pad", 1)));

        Expect(network, [0, 0, 0, 1.5f, 1, 0, 3.5f, 2, 0, 0, 0, 0]);
    }

    [Fact]
    public void A_maximum_is_below_all_numbers_there()
    {
        OnnxNetwork network = new();
        network.Output(network.Node(
            "MaxPool", [network.Input("x", 1, 1, 2, 2)], ("kernel_shape", new long[] { 1, 1 }), ("pads", new long[] { 0, 1, 0, 0 })));

        Expect(network, [float.NegativeInfinity, 1, 2, float.NegativeInfinity, 3, 4]);
    }

    [Fact]
    public void A_quantized_convolution_gives_its_bias_there_on_the_device()
    {
        OnnxNetwork network = new();
        string real = network.Node("DequantizeLinear", [network.Input("x", ElementType.Int8, 1, 1, 2, 2), network.Constant([1f]), Zero(network)]);
        string weights = network.Node("DequantizeLinear", [Int8(network, [10], 1, 1, 1, 1), network.Constant([1f]), Zero(network)]);
        string sum = network.Node("Conv", [real, weights, network.Constant([5], 1)], ("pads", new long[] { 1, 1, 1, 1 }));
        network.Output(network.Node("QuantizeLinear", [sum, network.Constant([1f]), Zero(network)]));

        ConversionResult result = ModelConverter.Convert(network.File(), new ConversionOptions());
        byte[] found = new RecordRun(ModelRunner.Load(result.File), [1, 2, 3, 4], 0).Run(CancellationToken.None);

        Assert.Equal(new byte[] { 5, 5, 5, 5, 5, 15, 25, 5, 5, 35, 45, 5, 5, 5, 5, 5 }, found);
    }

    private static void Expect(OnnxNetwork network, float[] expected)
    {
        NetworkGraph graph = network.Import();
        Assert.Equal(expected, GraphRun.Outputs(graph, Pixels)[0]);
        FloatPassList.Run(graph);
        Assert.Equal(expected, GraphRun.Outputs(graph, Pixels)[0]);
    }

    private static string Zero(OnnxNetwork network)
    {
        return Int8(network, [0]);
    }

    private static string Int8(OnnxNetwork network, int[] values, params long[] shape)
    {
        TensorProto tensor = new() { Name = $"int8_{network.Model.Graph.Initializer.Count}", DataType = (int)ElementType.Int8 };
        tensor.Dims.Add(shape);
        tensor.Int32Data.Add(values);
        network.Model.Graph.Initializer.Add(tensor);
        return tensor.Name;
    }
}
