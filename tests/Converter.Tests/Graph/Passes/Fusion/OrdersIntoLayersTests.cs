using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Graph.Passes.Fusion;
using Xunit;

namespace EdgeQuant.Converter.Tests.Graph.Passes.Fusion;

public sealed class OrdersIntoLayersTests
{
    private readonly FloatGraph _graph = new();

    [Fact]
    public void An_image_that_a_layer_gives_is_given_in_the_wanted_order()
    {
        Tensor dense = _graph.Add(new FullyConnected(Activation.Relu), [2, 24], _graph.Input(2, 5), _graph.Weights(24, 5), _graph.Weights(24));
        Tensor image = _graph.Reshape(_graph.Unary(UnaryFunction.Tanh, dense), 2, 2, 3, 4);
        _graph.Output(_graph.Transpose(image, 0, 2, 3, 1));

        Assert.Equal(["FullyConnected", "Tanh", "Reshape"], _graph.After(new OrdersIntoLayers()));
    }

    [Fact]
    public void Channels_are_given_in_another_order()
    {
        Tensor x = _graph.Unary(UnaryFunction.Tanh, _graph.Convolution(_graph.Input(1, 4, 5, 2), 4, _graph.Weights(4)));
        _graph.Output(_graph.Add(new Gather(3, 0), x.Shape, x, FloatGraph.Integers(2, 0, 3, 1)));

        Assert.Equal(["Convolution2D", "Tanh"], _graph.After(new OrdersIntoLayers()));
    }

    [Fact]
    public void Channels_are_taken_in_another_order()
    {
        Tensor x = _graph.Input(1, 4, 5, 4);
        Tensor gathered = _graph.Add(new Gather(-1, 0), x.Shape, x, FloatGraph.Integers(2, 0, 3, 1));
        _graph.Output(_graph.Convolution(gathered, 3), _graph.Add(new FullyConnected(Activation.None), [1, 4, 5, 2], gathered, _graph.Weights(2, 4)));

        Assert.Equal(["Convolution2D", "FullyConnected"], _graph.After(new OrdersIntoLayers()));
    }

    [Fact]
    public void Channels_of_a_depthwise_convolution_and_some_of_the_channels_stay_gathered()
    {
        Tensor x = _graph.Input(1, 4, 5, 4);
        Tensor depthwise = _graph.Add(new DepthwiseConvolution2D(new WindowAttributes(1, 1, 1, 1, 0, 0, 0, 0), Activation.None), [1, 3, 4, 4], x, _graph.Weights(1, 2, 2, 4));
        Tensor gathered = _graph.Add(new Gather(3, 0), depthwise.Shape, depthwise, FloatGraph.Integers(2, 0, 3, 1));
        Tensor some = _graph.Add(new Gather(3, 0), [1, 4, 5, 2], _graph.Convolution(x, 4), FloatGraph.Integers(2, 0));
        _graph.Output(gathered, some);

        Assert.Equal(["DepthwiseConvolution2D", "Gather", "Convolution2D", "Gather"], _graph.After(new OrdersIntoLayers()));
    }
}
