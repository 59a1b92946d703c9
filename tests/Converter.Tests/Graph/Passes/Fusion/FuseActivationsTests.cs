using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Graph.Passes.Fusion;
using Xunit;

namespace EdgeQuant.Converter.Tests.Graph.Passes.Fusion;

public sealed class FuseActivationsTests
{
    private readonly FloatGraph _graph = new();

    [Theory]
    [InlineData(0, float.PositiveInfinity, nameof(Activation.Relu))]
    [InlineData(0, 6, nameof(Activation.Relu6))]
    [InlineData(-1, 1, nameof(Activation.ReluN1To1))]
    public void Clamps_become_the_activation_of_the_layer_before(float lowest, float highest, string expected)
    {
        Tensor x = _graph.Convolution(_graph.Input(1, 4, 5, 2), 3);
        _graph.Output(_graph.Add(new Parametric(ParametricFunction.Clip, lowest, highest), x.Shape, x));

        Assert.Equal(["Convolution2D"], _graph.After(new FuseActivations()));
        Assert.Equal(expected, ((Convolution2D)_graph.Graph.Nodes[0].Operation).Activation.ToString());
    }

    [Fact]
    public void Arithmetic_and_pools_carry_activations_too()
    {
        Tensor x = _graph.Input(1, 4, 5, 2);
        Tensor sum = _graph.Unary(UnaryFunction.Relu, _graph.Arithmetic(ArithmeticFunction.Add, x, _graph.Weights(2)));
        Tensor pooled = _graph.Add(new Pool2D(PoolKind.Average, 2, 2, new WindowAttributes(2, 2, 1, 1, 0, 0, 0, 0), Activation.None), [1, 2, 2, 2], sum);
        _graph.Output(_graph.Unary(UnaryFunction.Relu6, pooled));

        Assert.Equal(["Add", "Pool2D"], _graph.After(new FuseActivations()));
    }

    [Fact]
    public void What_others_read_before_the_activation_keeps_it_apart()
    {
        Tensor x = _graph.Convolution(_graph.Input(1, 4, 5, 2), 3);
        _graph.Output(_graph.Arithmetic(ArithmeticFunction.Multiply, x, _graph.Unary(UnaryFunction.Relu, x)));

        Assert.Equal(["Convolution2D", "Relu", "Multiply"], _graph.After(new FuseActivations()));
    }

    [Fact]
    public void Maximum_carries_no_activation_and_other_clamps_stay()
    {
        Tensor x = _graph.Input(1, 4);
        Tensor largest = _graph.Unary(UnaryFunction.Relu, _graph.Arithmetic(ArithmeticFunction.Maximum, x, _graph.Weights(4)));
        _graph.Output(_graph.Add(new Parametric(ParametricFunction.Clip, 0, 4), [1, 4], _graph.Arithmetic(ArithmeticFunction.Add, largest, x)));

        Assert.Equal(["Maximum", "Relu", "Add", "Clip"], _graph.After(new FuseActivations()));
    }
}
