using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Graph.Passes;
using EdgeQuant.Converter.Tests.Movement;
using EdgeQuant.Runtime.Model;
using Xunit;

namespace EdgeQuant.Converter.Tests.Graph.Passes;

public sealed class FoldPaddingTests
{
    private static readonly Quantization s_weights = Quantization.PerTensor(0.02f, 0);

    /// <summary>Paddings top, bottom, left, right; whether the convolution is depthwise; its stride.</summary>
    public static TheoryData<int[], bool, int> Folded => new()
    {
        { [1, 1, 1, 1], false, 1 },
        { [0, 1, 0, 1], false, 2 },
        { [2, 0, 1, 2], true, 1 },
        { [3, 1, 2, 2], true, 2 },
    };

    [Theory]
    [MemberData(nameof(Folded))]
    public void Padding_by_the_zero_point_moves_into_the_convolution(int[] paddings, bool depthwise, int stride)
    {
        byte[] pixels = [.. Enumerable.Range(0, 5 * 6 * 2).Select(i => unchecked((byte)(i * 37)))];
        byte[] copied = NetworkRun.AsItStands(Build(paddings, depthwise, stride, null)).Outputs(_ => pixels)[0];
        NetworkRun run = NetworkRun.AfterPasses(Build(paddings, depthwise, stride, null));

        Assert.Equal([depthwise ? OperatorKind.DepthwiseConvolution : OperatorKind.Convolution], run.Operators);
        Assert.Equal(copied, run.Outputs(_ => pixels)[0]);
    }

    [Fact]
    public void Padding_by_the_zero_point_as_a_value_moves_too()
    {
        NetworkGraph graph = Build([1, 1, 1, 1], depthwise: false, 1, Elements.Constant(DataType.Int8, [], -3));

        Assert.Equal(1, new FoldPadding().Run(graph));
    }

    [Fact]
    public void Padding_by_another_value_stays()
    {
        NetworkGraph graph = Build([1, 1, 1, 1], depthwise: false, 1, Elements.Constant(DataType.Int8, [], 0));

        Assert.Equal(0, new FoldPadding().Run(graph));
    }

    [Fact]
    public void Padding_that_makes_whole_windows_behind_the_data_stays()
    {
        NetworkGraph graph = Build([0, 9, 0, 0], depthwise: false, 1, null);

        Assert.Equal(0, new FoldPadding().Run(graph));
    }

    [Fact]
    public void Padding_that_something_else_reads_stays()
    {
        NetworkGraph graph = Build([1, 1, 1, 1], depthwise: false, 1, null);
        graph.Outputs.Add(graph.Nodes[0].Output());

        Assert.Equal(0, new FoldPadding().Run(graph));
    }

    [Fact]
    public void Padding_of_channels_stays()
    {
        GraphBuilder built = new();
        Tensor padded = built.Add(new Pad(), [1, 5, 6, 2], built.Input(1, 5, 6, 1), Elements.Constant(DataType.Int32, [4, 2], 0, 0, 0, 0, 0, 0, 0, 1));
        built.Output(Convolve(built, padded, depthwise: false, 1));

        Assert.Equal(0, new FoldPadding().Run(built.Graph));
    }

    private static NetworkGraph Build(int[] paddings, bool depthwise, int stride, Tensor? value)
    {
        GraphBuilder built = new();
        Tensor parameter = Elements.Constant(DataType.Int32, [4, 2], [0, 0, .. paddings.Select(padding => (long)padding), 0, 0]);
        int[] shape = [1, 5 + paddings[0] + paddings[1], 6 + paddings[2] + paddings[3], 2];
        Tensor padded = built.Add(new Pad(), shape, built.Input(1, 5, 6, 2), parameter, value);
        return built.Output(Convolve(built, padded, depthwise, stride)).Graph;
    }

    private static Tensor Convolve(GraphBuilder built, Tensor data, bool depthwise, int stride)
    {
        const int Taps = 3;
        int[] filterShape = depthwise ? [1, Taps, Taps, 2] : [2, Taps, Taps, 2];
        Tensor filter = new("filter", DataType.Int8, filterShape)
        {
            Quantization = s_weights,
            Data = Enumerable.Range(0, filterShape.Aggregate((a, b) => a * b)).Select(i => unchecked((byte)((i * 91 % 255) - 127))).ToArray(),
        };
        WindowAttributes window = new(stride, stride, 1, 1, 0, 0, 0, 0);
        int[] output = [1, ((data.Shape[1] - Taps) / stride) + 1, ((data.Shape[2] - Taps) / stride) + 1, 2];
        Operation operation = depthwise ? new DepthwiseConvolution2D(window, Activation.None) : new Convolution2D(window, Activation.None);
        return built.Add(operation, output, data, filter, null);
    }
}
