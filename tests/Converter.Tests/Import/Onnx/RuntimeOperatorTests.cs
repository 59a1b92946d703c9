using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Graph.Passes;
using EdgeQuant.Converter.Import.Onnx.Protocol;
using Xunit;
using ElementType = EdgeQuant.Converter.Import.Onnx.Protocol.TensorProto.Types.DataType;

namespace EdgeQuant.Converter.Tests.Import.Onnx;

/// <summary>Operators that ONNX Runtime's optimizer and dynamic quantization write, against the operators of ONNX that they stand for.</summary>
public sealed class RuntimeOperatorTests
{
    private static readonly float[] s_filter = [.. Enumerable.Range(0, 2 * 3 * 9).Select(i => MathF.Sin(i))];
    private static readonly float[] s_square = [.. Enumerable.Range(0, 16).Select(i => MathF.Cos(i))];
    private static readonly float[] s_row = [0.5f, -1, 2, 0.25f];

    [Fact]
    public void FusedConv_is_a_convolution_an_addition_and_an_activation()
    {
        Same(
            [1, 3, 4, 4],
            (network, x) => Own(network, "FusedConv", [x, network.Constant(s_filter, 2, 3, 3, 3), network.Constant([1, 2], 2), network.Constant([3], 1, 1, 1, 1)],
                ("pads", new long[] { 1, 1, 1, 1 }), ("activation", "LeakyRelu"), ("activation_params", new[] { 0.25f })),
            (network, x) =>
            {
                string conv = network.Node("Conv", [x, network.Constant(s_filter, 2, 3, 3, 3), network.Constant([1, 2], 2)], ("pads", new long[] { 1, 1, 1, 1 }));
                return network.Node("LeakyRelu", [network.Node("Add", [conv, network.Constant([3], 1, 1, 1, 1)])], ("alpha", 0.25f));
            });
    }

    [Fact]
    public void FusedGemm_is_a_product_and_an_activation()
    {
        Same(
            [2, 4],
            (network, x) => Own(network, "FusedGemm", [x, network.Constant(s_square, 4, 4), network.Constant(s_row, 4)], ("transB", 1), ("activation", "Relu")),
            (network, x) => network.Node("Relu", [network.Node("Gemm", [x, network.Constant(s_square, 4, 4), network.Constant(s_row, 4)], ("transB", 1))]));
    }

    [Fact]
    public void FusedMatMul_is_a_scaled_product_of_transposed_matrices()
    {
        Same(
            [2, 4, 3],
            (network, x) => Own(network, "FusedMatMul", [x, network.Constant(s_square, 4, 4)], ("transA", 1), ("transB", 1), ("alpha", 0.5f)),
            (network, x) =>
            {
                string right = network.Node("Transpose", [network.Constant(s_square, 4, 4)]);
                string product = network.Node("MatMul", [network.Node("Transpose", [x], ("perm", new long[] { 0, 2, 1 })), right]);
                return network.Node("Mul", [product, network.Constant([0.5f])]);
            });
    }

    [Theory]
    [InlineData("BiasGelu", "none")]
    [InlineData("FastGelu", "tanh")]
    public void Gelus_add_their_bias_first(string type, string form)
    {
        Same(
            [2, 4],
            (network, x) => Own(network, type, [x, network.Constant(s_row, 4)]),
            (network, x) => network.Node("Gelu", [network.Node("Add", [x, network.Constant(s_row, 4)])], ("approximate", form)));
    }

    [Fact]
    public void Gelu_is_that_of_ONNX()
    {
        Same([2, 4], (network, x) => Own(network, "Gelu", [x]), (network, x) => network.Node("Gelu", [x]));
    }

    [Fact]
    public void QuickGelu_is_a_swish_with_a_factor()
    {
        Same(
            [2, 4],
            (network, x) => Own(network, "QuickGelu", [x], ("alpha", 2f)),
            (network, x) => network.Node("Mul", [x, network.Node("Sigmoid", [network.Node("Mul", [x, network.Constant([2f])])])]));
    }

    [Fact]
    public void SkipLayerNormalization_gives_the_sum_too()
    {
        Same(
            [1, 3, 4],
            (network, x) =>
            {
                string[] outputs = OwnMany(network, "SkipLayerNormalization", 4, [x, network.Node("Relu", [x]), network.Constant(s_row, 4), network.Constant(s_row, 4), network.Constant(s_row, 4)], ("epsilon", 1e-5f));
                return network.Node("Add", [outputs[0], outputs[3]]);
            },
            (network, x) =>
            {
                string sum = network.Node("Add", [network.Node("Add", [x, network.Node("Relu", [x])]), network.Constant(s_row, 4)]);
                return network.Node("Add", [network.Node("LayerNormalization", [sum, network.Constant(s_row, 4), network.Constant(s_row, 4)]), sum]);
            });
    }

    [Theory]
    [InlineData("SimplifiedLayerNormalization")]
    [InlineData("SkipSimplifiedLayerNormalization")]
    public void Simplified_normalizations_do_not_take_the_mean_away(string type)
    {
        bool skips = type.StartsWith("Skip", StringComparison.Ordinal);
        Same(
            [1, 3, 4],
            (network, x) => Own(network, type, skips ? [x, x, network.Constant(s_row, 4)] : [x, network.Constant(s_row, 4)], ("epsilon", 1e-5f)),
            (network, x) =>
            {
                string data = skips ? network.Node("Add", [x, x]) : x;
                string squares = network.Node("ReduceMean", [network.Node("Mul", [data, data])], ("axes", new long[] { -1 }));
                string normalized = network.Node("Div", [data, network.Node("Sqrt", [network.Node("Add", [squares, network.Constant([1e-5f])])])]);
                return network.Node("Mul", [normalized, network.Constant(s_row, 4)]);
            });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_dynamically_quantized_layer_is_one_with_real_weights(bool perChannel)
    {
        sbyte[] weights = [.. Enumerable.Range(0, 12).Select(i => (sbyte)((i * 37 % 200) - 100))];
        float[] scales = perChannel ? [0.01f, 0.02f, 0.03f] : [0.01f];
        OnnxNetwork network = new();
        string x = network.Input("x", 2, 4);
        string[] quantized = network.Nodes("DynamicQuantizeLinear", 3, [x]);
        string zeroPoint = Int8(network, new sbyte[scales.Length], scales.Length);
        string product = network.Node("MatMulInteger", [quantized[0], Int8(network, weights, 4, 3), quantized[2], zeroPoint]);
        string scale = network.Node("Mul", [quantized[1], network.Constant(scales, scales.Length)]);
        string real = network.Node("Mul", [network.Node("Cast", [product], ("to", (int)ElementType.Float)), scale]);
        network.Output(network.Node("Add", [real, network.Constant([1, 2, 3], 3)]));
        float[] input = GraphRun.Numbers(new Random(1), 8);
        float[] expected = [.. Enumerable.Range(0, 6).Select(i => (i % 3) + 1 + (Enumerable.Range(0, 4).Sum(k => input[(i / 3 * 4) + k] * weights[(k * 3) + (i % 3)]) * scales[perChannel ? i % 3 : 0]))];

        NetworkGraph graph = network.Import();
        GraphRun.Close(expected, GraphRun.Outputs(graph, input)[0], "imported");
        FloatPassList.Run(graph);
        GraphRun.Close(expected, GraphRun.Outputs(graph, input)[0], "simplified");

        // Scales and bias are in the layer.
        Assert.IsType<FullyConnected>(Assert.Single(graph.Nodes).Operation);
    }

    [Fact]
    public void A_dynamically_quantized_convolution_is_one_with_real_weights()
    {
        OnnxNetwork network = new();
        string x = network.Input("x", 1, 1, 2, 2);
        string[] quantized = network.Nodes("DynamicQuantizeLinear", 3, [x]);
        string product = network.Node("ConvInteger", [quantized[0], Int8(network, [10, 20], 2, 1, 1, 1), quantized[2], Int8(network, [0], 1)]);
        string scale = network.Node("Mul", [quantized[1], network.Constant([0.5f], 1)]);
        network.Output(network.Node("Mul", [network.Node("Cast", [product], ("to", (int)ElementType.Float)), scale]));

        Assert.Equal([5, 10, 15, 20, 10, 20, 30, 40], GraphRun.Outputs(network.Import(), [1, 2, 3, 4])[0]);
    }

    [Theory]
    [InlineData("DynamicQuantizeMatMul")]
    [InlineData("MatMulIntegerToFloat")]
    public void Fused_products_of_integers_are_scaled(string type)
    {
        OnnxNetwork network = new();
        string x = network.Input("x", 1, 2);
        string[] quantized = network.Nodes("DynamicQuantizeLinear", 3, [x]);
        string weights = Int8(network, [10, 20, 30, 40], 2, 2);
        string zeroPoint = Int8(network, [10]);
        string scale = network.Constant([0.5f]);
        string bias = network.Constant([1, 2], 2);
        network.Output(type == "DynamicQuantizeMatMul"
            ? Own(network, type, [x, weights, scale, zeroPoint, bias])
            : Own(network, type, [quantized[0], weights, quantized[1], scale, quantized[2], zeroPoint, bias]));

        Assert.Equal([1 + (0.5f * 2 * 20), 2 + (0.5f * ((1 * 10) + (2 * 30)))], GraphRun.Outputs(network.Import(), [1, 2])[0]);
    }

    [Fact]
    public void Integers_of_dynamic_quantization_cannot_be_an_output()
    {
        OnnxNetwork network = new();
        string[] quantized = network.Nodes("DynamicQuantizeLinear", 3, [network.Input("x", 1, 4)]);
        network.Output(quantized[0]);
        network.Model.Graph.Output[0].Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)ElementType.Uint8 } };

        Assert.Contains("the file declares uint8", Assert.Single(network.ImportAsItIs().Refusals).Reason, StringComparison.Ordinal);
    }

    private static void Same(int[] shape, Func<OnnxNetwork, string, string> own, Func<OnnxNetwork, string, string> plain)
    {
        NetworkGraph[] graphs = [.. new[] { own, plain }.Select(build =>
        {
            OnnxNetwork network = new(20);
            string x = network.Input("x", [.. shape.Cast<object>()]);
            foreach (NodeProto node in network.Output(build(network, x)).Model.Graph.Node.Where(node => node.OpType == "ReduceMean"))
            {
                // Axes are an input in this version.
                node.Input.Add(network.Integers([.. node.Attribute[0].Ints]));
                node.Attribute.Clear();
            }

            return network.Import();
        })];
        float[] input = GraphRun.Inputs(graphs[0], 1)[0];
        GraphRun.Close(GraphRun.Outputs(graphs[1], input)[0], GraphRun.Outputs(graphs[0], input)[0], "imported");
    }

    private static string Own(OnnxNetwork network, string type, string[] inputs, params (string, object)[] attributes)
    {
        return OwnMany(network, type, 1, inputs, attributes)[0];
    }

    private static string[] OwnMany(OnnxNetwork network, string type, int outputs, string[] inputs, params (string, object)[] attributes)
    {
        string[] names = network.Nodes(type, outputs, inputs, attributes);
        network.Model.Graph.Node[^1].Domain = "com.microsoft";
        return names;
    }

    private static string Int8(OnnxNetwork network, sbyte[] values, params long[] shape)
    {
        TensorProto tensor = new() { Name = $"int8_{network.Model.Graph.Initializer.Count}", DataType = (int)ElementType.Int8 };
        tensor.Dims.Add(shape);
        tensor.Int32Data.Add(values.Select(value => (int)value));
        network.Model.Graph.Initializer.Add(tensor);
        return tensor.Name;
    }
}
