using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Graph.Passes.Fusion;
using Xunit;

namespace EdgeQuant.Converter.Tests.Graph.Passes.Fusion;

public sealed class RecognizeFunctionsTests
{
    private readonly FloatGraph _graph = new();
    private readonly Tensor _x;

    public RecognizeFunctionsTests()
    {
        _x = _graph.Convolution(_graph.Input(1, 4, 5, 2), 3);
    }

    [Fact]
    public void Gelu_by_the_error_function()
    {
        Tensor erf = _graph.Unary(UnaryFunction.Erf, Divide(_x, 1.4142135381698608f));
        _graph.Output(Multiply(_graph.Arithmetic(ArithmeticFunction.Multiply, _x, Add(erf, 1)), 0.5f));

        Assert.Equal(["Convolution2D", "Gelu"], _graph.After(new RecognizeFunctions()));
    }

    [Fact]
    public void Gelu_in_another_order_of_factors()
    {
        Tensor erf = _graph.Unary(UnaryFunction.Erf, Multiply(_x, 0.70710677f));
        _graph.Output(_graph.Arithmetic(ArithmeticFunction.Multiply, Multiply(_x, 0.5f), Add(erf, 1)));

        Assert.Equal(["Convolution2D", "Gelu"], _graph.After(new RecognizeFunctions()));
    }

    [Fact]
    public void Gelu_by_the_hyperbolic_tangent()
    {
        Tensor cube = _graph.Arithmetic(ArithmeticFunction.Multiply, _graph.Unary(UnaryFunction.Square, _x), _x);
        Tensor inner = Multiply(_graph.Arithmetic(ArithmeticFunction.Add, _x, Multiply(cube, 0.044715f)), 0.7978845608f);
        _graph.Output(_graph.Arithmetic(ArithmeticFunction.Multiply, Multiply(_x, 0.5f), Add(_graph.Unary(UnaryFunction.Tanh, inner), 1)));

        Assert.Equal(["Convolution2D", "GeluTanh"], _graph.After(new RecognizeFunctions()));
    }

    [Fact]
    public void HardSwish_by_a_clamp()
    {
        Tensor clamped = _graph.Add(new Parametric(ParametricFunction.Clip, 0, 6), _x.Shape, Add(_x, 3));
        _graph.Output(Divide(_graph.Arithmetic(ArithmeticFunction.Multiply, _x, clamped), 6));

        Assert.Equal(["Convolution2D", "HardSwish"], _graph.After(new RecognizeFunctions()));
    }

    [Fact]
    public void HardSwish_by_a_hard_sigmoid()
    {
        Tensor gate = _graph.Add(new Parametric(ParametricFunction.HardSigmoid, 1 / 6f, 0.5f), _x.Shape, _x);
        _graph.Output(_graph.Arithmetic(ArithmeticFunction.Multiply, gate, _x));

        Assert.Equal(["Convolution2D", "HardSwish"], _graph.After(new RecognizeFunctions()));
    }

    [Fact]
    public void HardSigmoid_by_a_clamp()
    {
        _graph.Output(Divide(_graph.Unary(UnaryFunction.Relu6, Add(_x, 3)), 6));

        Assert.Equal(["Convolution2D", "HardSigmoid"], _graph.After(new RecognizeFunctions()));
    }

    [Fact]
    public void Swish_and_mish()
    {
        Tensor swish = _graph.Arithmetic(ArithmeticFunction.Multiply, _x, _graph.Unary(UnaryFunction.Logistic, _x));
        _graph.Output(_graph.Arithmetic(ArithmeticFunction.Multiply, swish, _graph.Unary(UnaryFunction.Tanh, _graph.Unary(UnaryFunction.Softplus, swish))));

        Assert.Equal(["Convolution2D", "Swish", "Mish"], _graph.After(new RecognizeFunctions()));
    }

    [Fact]
    public void Clamps_by_maximum_and_minimum()
    {
        Tensor clamped = _graph.Arithmetic(ArithmeticFunction.Minimum, _graph.Arithmetic(ArithmeticFunction.Maximum, _x, Number(-0.5f)), Number(0.25f));
        _graph.Output(_graph.Arithmetic(ArithmeticFunction.Maximum, Number(0), clamped));

        Assert.Equal(["Convolution2D", "Clip"], _graph.After(new RecognizeFunctions()));
        Assert.Equal(new Parametric(ParametricFunction.Clip, 0, 0.25f), _graph.Graph.Nodes[1].Operation);
    }

    [Fact]
    public void Leaky_rectifiers_by_a_maximum()
    {
        _graph.Output(_graph.Arithmetic(ArithmeticFunction.Maximum, _x, Multiply(_x, 0.25f)));

        Assert.Equal(["Convolution2D", "LeakyRelu"], _graph.After(new RecognizeFunctions()));
    }

    [Fact]
    public void Scales_stay_what_they_are()
    {
        _graph.Output(Multiply(Add(Multiply(_x, 1), 0), -1));

        Assert.Equal(["Convolution2D", "Multiply", "Add", "Multiply"], _graph.After(new RecognizeFunctions()));
    }

    [Fact]
    public void What_others_read_in_between_keeps_the_nodes()
    {
        Tensor gate = _graph.Unary(UnaryFunction.Logistic, _x);
        _graph.Output(_graph.Arithmetic(ArithmeticFunction.Multiply, _x, gate), gate);

        Assert.Equal(["Convolution2D", "Logistic", "Multiply"], _graph.After(new RecognizeFunctions()));
    }

    private Tensor Add(Tensor data, float number)
    {
        return _graph.Arithmetic(ArithmeticFunction.Add, data, Number(number));
    }

    private Tensor Multiply(Tensor data, float number)
    {
        return _graph.Arithmetic(ArithmeticFunction.Multiply, data, Number(number));
    }

    private Tensor Divide(Tensor data, float number)
    {
        return _graph.Arithmetic(ArithmeticFunction.Divide, data, Number(number));
    }

    private static Tensor Number(float number)
    {
        return FloatGraph.Constant([], number);
    }
}
