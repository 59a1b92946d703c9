using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Host;
using Xunit;
using static EdgeQuant.Converter.Tests.Import.TensorFlowLite.ModelParts;

namespace EdgeQuant.Converter.Tests.Import.TensorFlowLite;

public sealed class VariableImportTests
{
    private const int Int8 = 9;
    private const int Resource = 13;
    private const int Concatenation = 2;
    private const int CallOnce = 129;
    private const int VarHandle = 142;
    private const int ReadVariable = 143;
    private const int AssignVariable = 144;
    private const int Reshape = 22;

    private static readonly TableBuilder[] s_codes = [Code(Concatenation), Code(CallOnce), Code(VarHandle), Code(ReadVariable), Code(AssignVariable), Code(Reshape)];

    [Fact]
    public void A_variable_starts_as_CALL_ONCE_says_and_keeps_its_value_until_a_reset()
    {
        ModelRunner runner = Load(DelayLine(Initialiser([HandleTensor("handle"), Value("start").With(2, 1u)], Handle(0), Node(4, [0, 1], []))), Buffer(11, 12));

        Assert.Equal([11, 12, 1, 2], Run(runner, 1, 2));
        Assert.Equal([1, 2, 3, 4], Run(runner, 3, 4));
        runner.Reset();
        Assert.Equal([11, 12, 5, 6], Run(runner, 5, 6));
    }

    [Fact]
    public void A_variable_that_nothing_initialises_starts_as_its_zero_point()
    {
        ModelRunner runner = Load([DelayLine(initialiser: false)]);

        Assert.Equal([-7, -7, 1, 2], Run(runner, 1, 2));
        Assert.Equal([1, 2, 3, 4], Run(runner, 3, 4));
    }

    [Fact]
    public void An_initialiser_that_computes_is_refused()
    {
        TableBuilder initialiser = Initialiser([HandleTensor("handle"), Value("start").With(2, 1u), Value("made")], Handle(0), Node(5, [1], [2]), Node(4, [0, 2], []));

        UnsupportedNetworkException refused = Assert.Throws<UnsupportedNetworkException>(() => Load(DelayLine(initialiser), Buffer(11, 12)));

        Assert.Equal(2, refused.Refusals.Count);
        Assert.All(refused.Refusals, refusal => Assert.Contains("does more than to assign a constant", refusal.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_value_of_another_shape_is_refused()
    {
        TableBuilder initialiser = Initialiser([HandleTensor("handle"), Tensor("start", Int8, [3]).With(2, 1u)], Handle(0), Node(4, [0, 1], []));

        UnsupportedNetworkException refused = Assert.Throws<UnsupportedNetworkException>(() => Load(DelayLine(initialiser), Buffer(11, 12, 13)));

        Assert.Contains("holds 'start' int8[3]", refused.Message.Replace("'v'", "'start'", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_without_handle_is_refused()
    {
        TableBuilder main = Subgraph([HandleTensor("handle"), Value("data")], [1], [1], Node(4, [0, 1], []));

        UnsupportedNetworkException refused = Assert.Throws<UnsupportedNetworkException>(() => Load([main]));

        Assert.Contains("No VAR_HANDLE", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_larger_than_the_limit_is_refused()
    {
        TableBuilder main = Subgraph([HandleTensor("handle"), Tensor("huge", Int8, [1 << 30])], [], [1], Handle(0), Node(3, [0], [1]));

        UnsupportedNetworkException refused = Assert.Throws<UnsupportedNetworkException>(() => Load([main]));

        Assert.Contains("take more than", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>The network gives what the last inference got, then what this one gets.</summary>
    private static TableBuilder DelayLine(bool initialiser)
    {
        TableBuilder[] call = initialiser ? [Node(1, [], []).Options(103, new TableBuilder().With(0, 1))] : [];
        return Subgraph(
            [HandleTensor("handle"), Value("data"), Value("old"), Quantized("both", [4])],
            [1],
            [3],
            [
                .. call,
                Handle(0),
                Node(3, [0], [2]),
                Node(0, [2, 1], [3]).Options(10, new TableBuilder().With(0, 0)),
                Node(4, [0, 1], []),
            ]);
    }

    private static TableBuilder[] DelayLine(TableBuilder initialiser)
    {
        return [DelayLine(initialiser: true), initialiser];
    }

    private static TableBuilder Initialiser(TableBuilder[] tensors, params TableBuilder[] nodes)
    {
        return Subgraph(tensors, [], [], nodes);
    }

    private static TableBuilder HandleTensor(string name)
    {
        return Tensor(name, Resource, []);
    }

    private static TableBuilder Value(string name)
    {
        return Quantized(name, [2]);
    }

    private static TableBuilder Quantized(string name, int[] shape)
    {
        return Tensor(name, Int8, shape).With(4, Quantization([0.5f], [-7], 0));
    }

    private static TableBuilder Handle(int tensor)
    {
        return Node(2, [], [tensor]).Options(111, new TableBuilder().With(1, "v"));
    }

    private static ModelRunner Load(TableBuilder[] subgraphs, params TableBuilder[] buffers)
    {
        byte[] file = Model(s_codes, subgraphs, [Buffer(), .. buffers]).ToFile();
        return ModelRunner.Load(ModelConverter.Convert(file, new ConversionOptions()).File);
    }

    private static sbyte[] Run(ModelRunner runner, params sbyte[] input)
    {
        byte[] result = new byte[runner.OutputBytes];
        runner.Run(MemoryMarshal.AsBytes(input.AsSpan()), result);
        return MemoryMarshal.Cast<byte, sbyte>(result).ToArray();
    }
}
