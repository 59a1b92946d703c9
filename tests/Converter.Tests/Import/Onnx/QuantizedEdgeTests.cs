using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Import.Onnx.Protocol;
using EdgeQuant.Converter.Report;
using Xunit;
using ElementType = EdgeQuant.Converter.Import.Onnx.Protocol.TensorProto.Types.DataType;

namespace EdgeQuant.Converter.Tests.Import.Onnx;

/// <summary>Quantized networks as quantizers write them around what is exact on integers: those conversions cost nothing, and nothing is left real.</summary>
public sealed class QuantizedEdgeTests
{
    private const float Scale = 0.125f;
    private const int ZeroPoint = -3;
    private const int Count = 256;

    private readonly OnnxNetwork _network = new();
    private readonly string _input;

    public QuantizedEdgeTests()
    {
        _input = _network.Input("x", ElementType.Int8, 1, Count);
    }

    [Theory]
    [InlineData("Greater", 0.3f)]
    [InlineData("Greater", 0.25f)]
    [InlineData("GreaterOrEqual", 0.3f)]
    [InlineData("GreaterOrEqual", 0.25f)]
    [InlineData("Less", 0.3f)]
    [InlineData("Less", -0.25f)]
    [InlineData("LessOrEqual", 0.3f)]
    [InlineData("LessOrEqual", -0.25f)]
    [InlineData("Equal", 0.25f)]
    [InlineData("Greater", 100f)]
    [InlineData("Less", 100f)]
    public void Comparisons_with_constants_are_exact(string comparison, float limit)
    {
        foreach (bool first in new[] { false, true })
        {
            QuantizedEdgeTests test = new();
            string constant = test._network.Constant([limit]);
            string real = test.Real(test._input);
            test._network.Output(test._network.Node(comparison, first ? [constant, real] : [real, constant]));
            byte[] found = test.Run();
            Assert.All(Enumerable.Range(0, Count), i => Assert.Equal(first ? Holds(comparison, limit, Value(i)) : Holds(comparison, Value(i), limit), found[i] != 0));
        }
    }

    [Theory]
    [InlineData("ArgMax", 127 - 128)]
    [InlineData("ArgMin", 0)]
    public void Positions_are_64_bits_wide_at_the_output(string operation, int shift)
    {
        _network.Output(_network.Node(operation, [Real(_input)], ("axis", 1), ("keepdims", 0)));
        Assert.Equal((long)((Count + shift) % Count), BitConverter.ToInt64(Run()));
    }

    [Fact]
    public void Positions_may_be_cast_to_32_bits()
    {
        _network.Output(_network.Node("Cast", [_network.Node("ArgMax", [Real(_input)], ("axis", 1))], ("to", (int)ElementType.Int32)));
        byte[] found = Run();
        Assert.Equal(sizeof(int), found.Length);
        Assert.Equal(Count - 1, BitConverter.ToInt32(found));
    }

    [Fact]
    public void A_mask_of_truth_values_is_multiplied()
    {
        string real = Real(_input);
        string mask = _network.Node("Cast", [_network.Node("Greater", [real, _network.Constant([1f])])], ("to", (int)ElementType.Float));
        _network.Output(Integers(_network.Node("Mul", [Real(_input), mask])));
        byte[] found = Run();
        Assert.All(Enumerable.Range(0, Count), i => Assert.Equal(Value(i) > 1 ? (sbyte)(i - 128) : ZeroPoint, (sbyte)found[i]));
    }

    [Fact]
    public void A_choice_takes_the_scale_of_its_result()
    {
        string condition = _network.Node("Less", [Real(_input), _network.Constant([0f])]);
        _network.Output(Integers(_network.Node("Where", [condition, _network.Constant([-1000f]), Real(_input)])));
        byte[] found = Run();
        Assert.All(Enumerable.Range(0, Count), i => Assert.Equal(Value(i) < 0 ? (sbyte)-128 : (sbyte)(i - 128), (sbyte)found[i]));
    }

    [Theory]
    [InlineData("Relu")]
    [InlineData("Clip")]
    public void Clamps_behind_a_layer_need_no_conversion_before_them(string clamp)
    {
        float[] weights = new float[Count * 2];
        weights[0] = 1;
        weights[Count + 1] = -1;
        string quantized = _network.Node("QuantizeLinear", [_network.Constant(weights, 2, Count), _network.Constant([1f / 64]), Number(ElementType.Int8, 0)]);
        string layer = _network.Node("Gemm", [Real(_input), _network.Node("DequantizeLinear", [quantized, _network.Constant([1f / 64]), Number(ElementType.Int8, 0)])], ("transB", 1));
        string[] inputs = clamp == "Clip" ? [layer, _network.Constant([-1.5f]), _network.Constant([1.25f])] : [layer];
        _network.Output(Integers(_network.Node("Reshape", [_network.Node(clamp, inputs), _network.Integers(2)])));
        ConversionResult result = Convert();
        Assert.All(result.Graph.Nodes, node => Assert.All(node.Outputs, output => Assert.True(output.Type == DataType.Int8)));
        sbyte[] found = (sbyte[])(object)RunOf(result);
        (float low, float high) = clamp == "Clip" ? (-1.5f, 1.25f) : (0, 1000);
        float[] expected = [Math.Clamp(Value(0), low, high), Math.Clamp(-Value(1), low, high)];
        Assert.Equal(Array.ConvertAll(expected, value => (sbyte)Math.Clamp((value / Scale) + ZeroPoint, -128, 127)), found);
    }

    [Fact]
    public void A_function_that_is_spelled_out_over_several_conversions_is_one_table()
    {
        string product = _network.Node("Mul", [Real(_input), _network.Node("HardSigmoid", [Real(_input)], ("alpha", 1f / 6), ("beta", 0.5f))]);
        _network.Output(Integers(product));
        ConversionResult result = Convert();
        Assert.IsType<Unary>(Assert.Single(result.Graph.Nodes).Operation);
        byte[] found = RunOf(result);
        Assert.All(Enumerable.Range(0, Count), i =>
        {
            float expected = Value(i) * Math.Clamp((Value(i) / 6) + 0.5f, 0, 1);
            Assert.InRange((sbyte)found[i] - Math.Clamp((expected / Scale) + ZeroPoint, -128, 127), -1.01, 1.01);
        });
    }

    private static float Value(int i)
    {
        return Scale * (i - 128 - ZeroPoint);
    }

    private static bool Holds(string comparison, float left, float right)
    {
        return comparison switch
        {
            "Greater" => left > right,
            "GreaterOrEqual" => left >= right,
            "Less" => left < right,
            "LessOrEqual" => left <= right,
            _ => left == right,
        };
    }

    private string Real(string integers)
    {
        return _network.Node("DequantizeLinear", [integers, _network.Constant([Scale]), Number(ElementType.Int8, ZeroPoint)]);
    }

    private string Integers(string real)
    {
        return _network.Node("QuantizeLinear", [real, _network.Constant([Scale]), Number(ElementType.Int8, ZeroPoint)]);
    }

    private string Number(ElementType type, int value)
    {
        TensorProto tensor = new() { Name = $"number{_network.Model.Graph.Initializer.Count}", DataType = (int)type };
        tensor.Int32Data.Add(value);
        _network.Model.Graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private ConversionResult Convert()
    {
        return ModelConverter.Convert(_network.File(), new ConversionOptions());
    }

    private byte[] Run()
    {
        return RunOf(Convert());
    }

    /// <summary>The outputs for all integers in their order.</summary>
    private static byte[] RunOf(ConversionResult result)
    {
        byte[] inputs = [.. Enumerable.Range(0, Count).Select(i => (byte)(sbyte)(i - 128))];
        return new RecordRun(ModelRunner.Load(result.File), inputs, 0).Run(CancellationToken.None);
    }
}
