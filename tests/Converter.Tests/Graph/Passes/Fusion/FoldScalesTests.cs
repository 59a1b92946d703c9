using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Graph.Passes.Fusion;
using Xunit;

namespace EdgeQuant.Converter.Tests.Graph.Passes.Fusion;

public sealed class FoldScalesTests
{
    private static readonly WindowAttributes s_bare = new(1, 1, 1, 1, 0, 0, 0, 0);

    private readonly FloatGraph _graph = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_batch_normalization_behind_a_convolution_becomes_weights_and_bias(bool bias)
    {
        Tensor x = _graph.Convolution(_graph.Input(1, 4, 5, 2), 3, bias ? _graph.Weights(3) : null);
        _graph.Output(Affine(x, _graph.Weights(1, 1, 1, 3), _graph.Weights(3)));

        Assert.Equal(["Convolution2D"], _graph.After(new FoldScalesBackward()));
    }

    [Fact]
    public void It_becomes_weights_of_depthwise_transposed_and_fully_connected_layers_too()
    {
        Tensor x = _graph.Input(1, 4, 5, 2);
        Tensor depthwise = Affine(_graph.Add(new DepthwiseConvolution2D(s_bare, Activation.None), [1, 3, 4, 4], x, _graph.Weights(1, 2, 2, 4)), _graph.Weights(4), _graph.Weights(4));
        Tensor transposed = Affine(_graph.Add(new TransposedConvolution2D(2, 2, 0, 0, Activation.None), [1, 6, 8, 3], depthwise, _graph.Weights(3, 2, 2, 4)), _graph.Weights(3), _graph.Weights(3));
        Tensor dense = _graph.Add(new FullyConnected(Activation.None), [1, 6, 8, 5], transposed, _graph.Weights(5, 3), _graph.Weights(5));
        _graph.Output(_graph.Arithmetic(ArithmeticFunction.Subtract, _graph.Weights(5), _graph.Arithmetic(ArithmeticFunction.Divide, dense, _graph.Weights(5))));

        Assert.Equal(["DepthwiseConvolution2D", "TransposedConvolution2D", "FullyConnected"], _graph.After(new FoldScalesBackward()));
    }

    [Fact]
    public void What_others_read_too_stays()
    {
        Tensor x = _graph.Convolution(_graph.Input(1, 4, 5, 2), 3);
        _graph.Output(x, Affine(x, _graph.Weights(3), _graph.Weights(3)));

        Assert.Equal(["Convolution2D", "Multiply", "Add"], _graph.After(new FoldScalesBackward()));
    }

    [Fact]
    public void A_constant_for_each_pixel_stays()
    {
        Tensor x = _graph.Convolution(_graph.Input(1, 4, 5, 2), 3);
        _graph.Output(_graph.Arithmetic(ArithmeticFunction.Multiply, x, _graph.Weights(4, 5, 3)));

        Assert.Equal(["Convolution2D", "Multiply"], _graph.After(new FoldScalesBackward()));
    }

    [Fact]
    public void Behind_an_activation_it_stays()
    {
        Tensor x = _graph.Convolution(_graph.Input(1, 4, 5, 2), 3);
        _graph.Graph.Nodes[0].Operation = FusedActivation.With(_graph.Graph.Nodes[0].Operation, Activation.Relu);
        _graph.Output(Affine(x, _graph.Weights(3), _graph.Weights(3)));

        Assert.Equal(["Convolution2D", "Multiply", "Add"], _graph.After(new FoldScalesBackward()));
    }

    [Fact]
    public void A_normalized_input_becomes_weights_of_the_layers_that_read_it()
    {
        Tensor x = Affine(_graph.Input(1, 4, 5, 4), _graph.Weights(4), _graph.Weights(4));
        Tensor grouped = _graph.Add(new Convolution2D(s_bare, Activation.None), [1, 3, 4, 6], x, _graph.Weights(6, 2, 2, 2));
        Tensor depthwise = _graph.Add(new DepthwiseConvolution2D(s_bare, Activation.None), [1, 3, 4, 8], x, _graph.Weights(1, 2, 2, 8), _graph.Weights(8));
        Tensor dense = _graph.Add(new FullyConnected(Activation.None), [1, 4, 5, 3], x, _graph.Weights(3, 4));
        _graph.Output(grouped, depthwise, dense);

        Assert.Equal(["Convolution2D", "DepthwiseConvolution2D", "FullyConnected"], _graph.After(new FoldScalesForward()));
    }

    [Fact]
    public void What_is_added_before_padding_stays_and_what_is_multiplied_goes()
    {
        Tensor x = _graph.Input(1, 4, 5, 2);
        _graph.Output(_graph.Convolution(_graph.Arithmetic(ArithmeticFunction.Multiply, _graph.Arithmetic(ArithmeticFunction.Add, x, _graph.Weights(2)), _graph.Weights(2)), 3));

        Assert.Equal(["Add", "Convolution2D"], _graph.After(new FoldScalesForward()));
    }

    [Fact]
    public void Constants_that_layers_share_are_not_written_to()
    {
        Tensor weights = _graph.Weights(3, 2);
        byte[] before = weights.Data!.Value.ToArray();
        Tensor x = _graph.Input(1, 2);
        Tensor first = _graph.Add(new FullyConnected(Activation.None), [1, 3], x, weights);
        Tensor second = _graph.Add(new FullyConnected(Activation.None), [1, 3], x, weights);
        _graph.Output(_graph.Arithmetic(ArithmeticFunction.Multiply, first, _graph.Weights(3)), second);

        Assert.Equal(["FullyConnected", "FullyConnected"], _graph.After(new FoldScalesBackward()));
        Assert.Equal(before, weights.Data!.Value.ToArray());
        Assert.Same(weights, _graph.Graph.Nodes[1].Input(1));
    }

    private Tensor Affine(Tensor data, Tensor factors, Tensor addends)
    {
        return _graph.Arithmetic(ArithmeticFunction.Add, _graph.Arithmetic(ArithmeticFunction.Multiply, data, factors), addends);
    }
}
