using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes.Fusion;

/// <summary>Operations that carry an activation.</summary>
internal static class FusedActivation
{
    /// <summary>The activation that an operation carries; null if it can carry none.</summary>
    public static Activation? Of(Operation operation)
    {
        return operation switch
        {
            Convolution2D convolution => convolution.Activation,
            DepthwiseConvolution2D convolution => convolution.Activation,
            TransposedConvolution2D convolution => convolution.Activation,
            FullyConnected layer => layer.Activation,
            Pool2D pool => pool.Activation,
            Arithmetic { Function: ArithmeticFunction.Add or ArithmeticFunction.Subtract or ArithmeticFunction.Multiply or ArithmeticFunction.Divide } arithmetic => arithmetic.Activation,
            _ => null,
        };
    }

    /// <summary>An operation that can carry an activation, with another one.</summary>
    public static Operation With(Operation operation, Activation activation)
    {
        return operation switch
        {
            Convolution2D convolution => convolution with { Activation = activation },
            DepthwiseConvolution2D convolution => convolution with { Activation = activation },
            TransposedConvolution2D convolution => convolution with { Activation = activation },
            FullyConnected layer => layer with { Activation = activation },
            Pool2D pool => pool with { Activation = activation },
            Arithmetic arithmetic => arithmetic with { Activation = activation },
            _ => throw new ArgumentException($"{operation.Name} carries no activation.", nameof(operation)),
        };
    }

    /// <summary>The activation that a function of its own is; null if it is none that can be carried.</summary>
    public static Activation? As(Operation operation)
    {
        return operation switch
        {
            Unary { Function: UnaryFunction.Relu } or Parametric { Function: ParametricFunction.Clip, A: 0, B: float.PositiveInfinity } => Activation.Relu,
            Unary { Function: UnaryFunction.Relu6 } or Parametric { Function: ParametricFunction.Clip, A: 0, B: 6 } => Activation.Relu6,
            Unary { Function: UnaryFunction.ReluN1To1 } or Parametric { Function: ParametricFunction.Clip, A: -1, B: 1 } => Activation.ReluN1To1,
            _ => null,
        };
    }
}
