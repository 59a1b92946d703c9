using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Quantizing.Operators;

/// <summary>The rules of functions of one number.</summary>
internal static class UnaryRules
{
    /// <summary>What the device asks of a function.</summary>
    public static OperatorRule Of(UnaryFunction function)
    {
        return function switch
        {
            UnaryFunction.Logistic => new OperatorRule { Output = FixedParameters.Unsigned },
            UnaryFunction.Tanh => new OperatorRule { Output = FixedParameters.Signed },
            UnaryFunction.Relu => new OperatorRule { Limits = (0, float.PositiveInfinity) },
            UnaryFunction.Relu6 => new OperatorRule { Limits = (0, 6) },
            UnaryFunction.ReluN1To1 => new OperatorRule { Limits = (-1, 1) },
            UnaryFunction.Relu0To1 => new OperatorRule { Limits = (0, 1) },
            UnaryFunction.Absolute or UnaryFunction.Square or UnaryFunction.SquareRoot or UnaryFunction.Exponential => new OperatorRule { Limits = (0, float.PositiveInfinity) },
            _ => new OperatorRule(),
        };
    }
}
