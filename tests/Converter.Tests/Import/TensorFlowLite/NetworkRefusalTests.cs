using EdgeQuant.Converter.Graph;
using Xunit;
using static EdgeQuant.Converter.Tests.Import.TensorFlowLite.ModelParts;

namespace EdgeQuant.Converter.Tests.Import.TensorFlowLite;

/// <summary>Well-formed files that cannot be supported: every reason, with where it is and what would help, and no reason that follows from another.</summary>
public sealed class NetworkRefusalTests
{
    private const sbyte Float32 = 0;
    private const sbyte UInt8 = 3;
    private const sbyte Text = 5;
    private const sbyte Int8 = 9;

    private const int Concatenation = 2;
    private const int Dequantize = 6;
    private const int FullyConnected = 9;
    private const int Custom = 32;
    private const int If = 118;
    private const int While = 119;
    private const int Abs = 101;
    private const int Quantize = 114;
    private const int StableHloAdd = 163;

    private static readonly TableBuilder[] s_buffers = [Buffer(), Buffer(1, 2, 3, 4, 5, 6, 7, 8), Buffer(1, 2, 3, 4)];

    [Fact]
    public void A_hybrid_model_is_named_as_such()
    {
        string[] refusals = Refusals(
            [Code(FullyConnected, 3)],
            [
                Tensor("x", Float32, [1, 4]),
                Tensor("w", Int8, [2, 4], 1).With(4, Quantization([0.1f], [0], 0)),
                Tensor("y", Float32, [1, 2]),
            ],
            Node(0, [0, 1, -1], [2]).Options(8, new TableBuilder()));

        Assert.Equal(2, refusals.Length);
        Assert.StartsWith("network: It is a hybrid model: 1 operators", refusals[0], StringComparison.Ordinal);
        Assert.Equal(
            "node 0, FULLY_CONNECTED version 3: It is part of a hybrid model: float32 activations with integer weights. "
            + "[input 0 'x' float32[1,4]; input 1 'w' int8[2,4]; input 2 absent; output 0 'y' float32[1,2]] Give the float model: EdgeQuant quantizes it.",
            refusals[1]);
    }

    [Fact]
    public void A_float_model_is_named_as_such()
    {
        string[] refusals = Refusals(
            [Code(FullyConnected)],
            [Tensor("x", Float32, [1, 1]), Tensor("w", Float32, [1, 1], 2), Tensor("y", Float32, [1, 1]), Tensor("z", Float32, [1, 1])],
            Node(0, [0, 1], [2]).Options(8, new TableBuilder()),
            Node(0, [2, 1], [3]).Options(8, new TableBuilder()));

        Assert.Equal(3, refusals.Length);
        Assert.StartsWith("network: It is a float model: 2 operators", refusals[0], StringComparison.Ordinal);
        Assert.StartsWith("node 0, FULLY_CONNECTED version 1: It computes with real numbers: 'x' float32[1,1].", refusals[1], StringComparison.Ordinal);
        Assert.StartsWith("node 1, FULLY_CONNECTED version 1: It computes with real numbers: 'y' float32[1,1].", refusals[2], StringComparison.Ordinal);
    }

    [Fact]
    public void All_reasons_come_at_once_and_none_that_follows_from_another()
    {
        string[] refusals = Refusals(
            [Code(Dequantize), new TableBuilder().With(0, (sbyte)Custom).With(1, "Warp"), Code(Quantize), Code(Abs)],
            [Q("a"), Tensor("b", Float32, [4]), Tensor("c", Float32, [4]), Q("d"), Tensor("e", UInt8, [4]).With(4, Quantization([1f], [0], 0)), Q("f")],
            Node(0, [0], [1]),
            Node(1, [1], [2]),
            Node(2, [2], [3]),
            Node(2, [3], [4]),
            Node(3, [4], [5]));

        Assert.Equal(2, refusals.Length);
        Assert.StartsWith("node 1, Warp version 1: It is the custom operator 'Warp'", refusals[0], StringComparison.Ordinal);
        Assert.StartsWith("node 4, ABS version 1: Supported are int8 to int8", refusals[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(If, "control flow")]
    [InlineData(While, "control flow")]
    [InlineData(StableHloAdd, "StableHLO")]
    [InlineData(112, "node 0, REVERSE_SEQUENCE version 1: The operator is not supported")]
    [InlineData(9999, "node 0, 9999 version 1: The operator is not supported")]
    public void Operators_that_cannot_be_are_refused_by_kind(int code, string words)
    {
        Assert.Contains(words, Assert.Single(Refusals([Code(code)], [Q("x"), Q("y")], Node(0, [0], [1]))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FlexErf", "TensorFlow's own operator 'Erf'")]
    [InlineData("TFLite_Detection_PostProcess", "custom operator 'TFLite_Detection_PostProcess'")]
    public void Custom_operators_are_named(string name, string words)
    {
        Assert.Contains(words, Assert.Single(Refusals([new TableBuilder().With(0, (sbyte)Custom).With(1, name)], [Q("x"), Q("y")], Node(0, [0], [1]))), StringComparison.Ordinal);
    }

    [Fact]
    public void Dynamic_shapes_are_refused_once()
    {
        string refusal = Assert.Single(Refusals([Code(Abs)], [Tensor("x", Int8, [-1, 4]).With(4, Quantization([1f], [0], 0)), Q("y")], Node(0, [0], [1])));
        Assert.Equal("tensor 0: Its shape is dynamic. ['x' int8[-1,4]] Give the converter that made the file a fixed input shape.", refusal);
    }

    [Fact]
    public void Tensors_that_cannot_be_are_refused_with_type_and_shape()
    {
        TableBuilder[] tensors =
        [
            Tensor("text", Text, [2]),
            Tensor("empty", Int8, [2, 0]),
            Tensor("sparse", Int8, [4], 1).With(6, new TableBuilder()),
            Tensor("by blocks", Int8, [4]).With(4, new TableBuilder().With(4, (byte)2).With(5, new TableBuilder())),
            Tensor("deep", Int8, [1, 1, 1, 1, 1, 1, 1, 1, 4]),
            Q("y"),
        ];
        string[] refusals = Refusals(Model([Code(Abs)], [Subgraph(tensors, [0, 1, 3, 4], [5], Node(0, [0, 1, 2, 3, 4], [5]))], s_buffers));

        Assert.Contains(refusals, refusal => refusal.StartsWith("tensor 0: Its type is String", StringComparison.Ordinal) && refusal.Contains("'text' string[2]", StringComparison.Ordinal));
        Assert.Contains(refusals, refusal => refusal.StartsWith("tensor 1: It has no elements. ['empty' int8[2,0]]", StringComparison.Ordinal));
        Assert.Contains(refusals, refusal => refusal.StartsWith("tensor 2: It is stored sparsely. ['sparse' int8[4]]", StringComparison.Ordinal));
        Assert.Contains(refusals, refusal => refusal.StartsWith("tensor 3: It is quantized by a scheme of its own", StringComparison.Ordinal));
        Assert.Contains(refusals, refusal => refusal.StartsWith("tensor 4: It has 9 dimensions; supported are 8.", StringComparison.Ordinal));
        Assert.Equal(5, refusals.Length);
    }

    [Theory]
    [InlineData(new[] { float.NaN }, new[] { 0L }, 0, "A scale is NaN")]
    [InlineData(new[] { -0.5f }, new[] { 0L }, 0, "A scale is -0.5")]
    [InlineData(new[] { 0.5f }, new[] { 128L }, 0, "A zero point is 128; those of its type are -128 to 127.")]
    [InlineData(new[] { 0.5f }, new[] { long.MinValue }, 0, "A zero point is -9223372036854775808")]
    [InlineData(new[] { 0.5f }, new[] { 0L, 0L }, 0, "It has 2 zero points and 1 scales.")]
    [InlineData(new[] { 0.5f, 1f }, new[] { 0L, 0L }, 0, "It has 2 scales along dimension 0, which has the size 4.")]
    [InlineData(new[] { 0.5f, 1f }, new[] { 0L, 0L }, 1, "Its 2 scales lie along dimension 1, which it does not have.")]
    public void Unsound_quantization_is_refused(float[] scales, long[] zeroPoints, int dimension, string words)
    {
        string refusal = Assert.Single(Refusals([Code(Abs)], [Tensor("x", Int8, [4]).With(4, Quantization(scales, zeroPoints, dimension)), Q("y")], Node(0, [0], [1])));
        Assert.StartsWith("tensor 0: " + words, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Declared_shapes_are_compared_with_computed_ones()
    {
        string refusal = Assert.Single(Refusals(
            [Code(FullyConnected)],
            [Q("x"), Tensor("w", Int8, [2, 4], 1).With(4, Quantization([0.1f], [0], 0)), Tensor("y", Int8, [1, 3]).With(4, Quantization([1f], [0], 0))],
            Node(0, [0, 1], [2]).Options(8, new TableBuilder())));
        Assert.StartsWith("node 0, FULLY_CONNECTED version 1: The output is 'y' int8[1,3]; it must be 1 rows of 2. [input 0 'x' int8[4]; input 1 'w' int8[2,4]; output 0 'y' int8[1,3]]", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_must_flow_from_inputs_to_outputs()
    {
        string[] refusals = Refusals(
            [Code(Abs)], [Q("x"), Q("y"), Q("z"), Q("unwritten"), Tensor("w", Int8, [4], 2).With(4, Quantization([1f], [0], 0))], Node(0, [2], [1]), Node(0, [0], [2]), Node(0, [0], [2]), Node(0, [0], [4]));

        Assert.Equal("node 0, ABS version 1: The node reads a tensor that no node before it writes. ['z' int8[4]] The file is inconsistent; convert the source network again.", refusals[0]);
        Assert.Contains(refusals, refusal => refusal.StartsWith("node 2, ABS version 1: The node writes to a tensor that has its value already. ['z'", StringComparison.Ordinal));
        Assert.Contains(refusals, refusal => refusal.StartsWith("node 3, ABS version 1: The node writes to a constant. ['w'", StringComparison.Ordinal));
        Assert.Equal(3, refusals.Length);
    }

    [Fact]
    public void Inputs_and_outputs_of_the_network_must_be_values()
    {
        TableBuilder constant = Tensor("w", Int8, [4], 2).With(4, Quantization([1f], [0], 0));
        string[] refusals = Refusals(Model([Code(Abs)], [Subgraph([Q("x"), constant, Q("unwritten"), Q("y")], [0, 0, 1], [3, 2], Node(0, [0], [3]))], s_buffers));

        Assert.Contains(refusals, refusal => refusal.StartsWith("inputs of the network: A tensor is an input of the network twice. ['x'", StringComparison.Ordinal));
        Assert.Contains(refusals, refusal => refusal.StartsWith("inputs of the network: An input of the network is a constant or a variable. ['w'", StringComparison.Ordinal));
        Assert.Contains(refusals, refusal => refusal.StartsWith("outputs of the network: No node writes this output of the network. ['unwritten'", StringComparison.Ordinal));
        Assert.Equal(
            "outputs of the network: The network has no outputs. [] The file is inconsistent; convert the source network again.",
            Assert.Single(Refusals(Model([Code(Abs)], [Subgraph([Q("x"), Q("y")], [0], [], Node(0, [0], [1]))], s_buffers))));
    }

    [Fact]
    public void Missing_operands_are_refused()
    {
        Assert.Contains("It has no input 1.", Assert.Single(Refusals([Code(FullyConnected)], [Q("x"), Q("y")], Node(0, [0], [1]).Options(8, new TableBuilder()))), StringComparison.Ordinal);
        Assert.Contains("It has 2 inputs; it takes 1.", Assert.Single(Refusals([Code(Abs)], [Q("x"), Q("y")], Node(0, [0, 0], [1]))), StringComparison.Ordinal);
        Assert.Contains("Its input 0 is absent, and is not optional.", Assert.Single(Refusals([Code(Abs)], [Q("x"), Q("y")], Node(0, [-1], [1]))), StringComparison.Ordinal);
        Assert.Contains("It has 2 outputs; it gives 1.", Refusals([Code(Abs)], [Q("x"), Q("y"), Q("z")], Node(0, [0], [1, 2]))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Networks_beyond_all_measure_are_refused()
    {
        TableBuilder Large(string name, int elements, float scale = 1) => Tensor(name, Int8, [elements]).With(4, Quantization([scale], [0], 0));
        Assert.StartsWith(
            "network: Its values take 600000000 bytes together; supported are 536870912. The largest are listed. ['",
            Assert.Single(Refusals([Code(Abs)], [Large("x", 200_000_000), Large("y", 200_000_000), Large("z", 200_000_000)], Node(0, [0], [1]), Node(0, [1], [2]))),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "network: It needs 300000000 bytes for values that are alive at once",
            Assert.Single(Refusals(
                [Code(Abs), Code(Concatenation)],
                [Large("x", 100_000_000), Large("y", 100_000_000, 2), Large("z", 200_000_000)],
                Node(0, [0], [1]),
                Node(1, [0, 1], [2]).Options(10, new TableBuilder()))),
            StringComparison.Ordinal);
        TableBuilder[] nodes = [.. Enumerable.Range(0, 10_001).Select(_ => Node(0, [0], [1]))];
        Assert.StartsWith("network: It has 10001 nodes; supported are 10000.", Assert.Single(Refusals([Code(Abs)], [Q("x"), Q("y")], nodes)), StringComparison.Ordinal);
    }

    /// <summary>An int8 tensor of 4 elements with a scale.</summary>
    private static TableBuilder Q(string name)
    {
        return Tensor(name, Int8, [4]).With(4, Quantization([1f], [0], 0));
    }

    /// <summary>What is refused of a network from its first tensor to its last.</summary>
    private static string[] Refusals(TableBuilder[] codes, TableBuilder[] tensors, params TableBuilder[] nodes)
    {
        return Refusals(Model(codes, [Subgraph(tensors, [0], [Last(nodes)], nodes)], s_buffers));
    }

    private static int Last(TableBuilder[] nodes)
    {
        const int Outputs = 2;
        return ((int[])nodes[^1].Fields[Outputs])[0];
    }

    private static string[] Refusals(TableBuilder model)
    {
        byte[] file = model.ToFile();
        UnsupportedNetworkException exception = Assert.Throws<UnsupportedNetworkException>(() => ModelConverter.Convert(file, new ConversionOptions()));
        return [.. exception.Refusals.Select(refusal => refusal.ToString())];
    }
}
