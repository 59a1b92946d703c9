using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Lower.Elements;

/// <summary>
/// Functions of real numbers that are evaluated in single precision when a table is filled: those that TensorFlow Lite has are the functions
/// of its table builder between two quantizations.
/// </summary>
internal static class RealFunctions
{
    /// <summary>The function in single precision. Where it has no value it gives an infinity, which saturates.</summary>
    public static Func<float, float> Of(UnaryFunction function)
    {
        return function switch
        {
            UnaryFunction.Relu => x => MathF.Max(x, 0),
            UnaryFunction.Relu6 => x => Math.Clamp(x, 0, 6),
            UnaryFunction.ReluN1To1 => x => Math.Clamp(x, -1, 1),
            UnaryFunction.Relu0To1 => x => Math.Clamp(x, 0, 1),
            UnaryFunction.HardSwish => x => x * Math.Clamp(x + 3, 0, 6) / 6,
            UnaryFunction.Elu => x => x < 0 ? MathF.Exp(x) - 1 : x,
            UnaryFunction.Logistic => x => 1 / (1 + MathF.Exp(-x)),
            UnaryFunction.Tanh => MathF.Tanh,
            UnaryFunction.Absolute => MathF.Abs,
            UnaryFunction.Negate => x => -x,
            UnaryFunction.Square => x => x * x,
            UnaryFunction.SquareRoot => x => x < 0 ? float.NegativeInfinity : MathF.Sqrt(x),
            UnaryFunction.ReciprocalSquareRoot => x => x <= 0 ? float.PositiveInfinity : 1 / MathF.Sqrt(x),
            UnaryFunction.Exponential => MathF.Exp,
            UnaryFunction.Logarithm => x => x <= 0 ? float.NegativeInfinity : MathF.Log(x),
            UnaryFunction.Sine => MathF.Sin,
            UnaryFunction.Cosine => MathF.Cos,
            UnaryFunction.Sign => x => MathF.Sign(x),
            UnaryFunction.Ceiling => MathF.Ceiling,
            UnaryFunction.Floor => MathF.Floor,
            UnaryFunction.Round => MathF.Round,
            UnaryFunction.Reciprocal => x => 1 / x,
            UnaryFunction.Erf => x => (float)ErrorFunction.Of(x),
            UnaryFunction.Gelu => x => (float)(x * ErrorFunction.Complement(-x / Math.Sqrt(2)) / 2),
            UnaryFunction.GeluTanh => x => (float)(x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))) / 2),
            UnaryFunction.Swish => x => x / (1 + MathF.Exp(-x)),
            UnaryFunction.Softplus => Softplus,
            UnaryFunction.Softsign => x => x / (1 + MathF.Abs(x)),
            UnaryFunction.Mish => x => x * MathF.Tanh(Softplus(x)),
            UnaryFunction.Tangent => MathF.Tan,
            UnaryFunction.ArcSine => MathF.Asin,
            UnaryFunction.ArcCosine => MathF.Acos,
            UnaryFunction.ArcTangent => MathF.Atan,
            UnaryFunction.HyperbolicSine => MathF.Sinh,
            UnaryFunction.HyperbolicCosine => MathF.Cosh,
            UnaryFunction.InverseHyperbolicSine => MathF.Asinh,
            UnaryFunction.InverseHyperbolicCosine => MathF.Acosh,
            UnaryFunction.InverseHyperbolicTangent => MathF.Atanh,
            _ => throw new ArgumentOutOfRangeException(nameof(function)),
        };
    }

    /// <summary>The function with its constants in single precision.</summary>
    public static Func<float, float> Of(Parametric operation)
    {
        (float a, float b) = (operation.A, operation.B);
        return operation.Function switch
        {
            ParametricFunction.Clip => x => MathF.Min(MathF.Max(x, a), b),
            ParametricFunction.HardSigmoid => x => Math.Clamp((a * x) + b, 0, 1),
            ParametricFunction.Elu => x => x < 0 ? a * (MathF.Exp(x) - 1) : x,
            ParametricFunction.Selu => x => x <= 0 ? b * a * (MathF.Exp(x) - 1) : b * x,
            ParametricFunction.Celu => x => MathF.Max(0, x) + MathF.Min(0, a * (MathF.Exp(x / a) - 1)),
            ParametricFunction.ThresholdedRelu => x => x > a ? x : 0,
            ParametricFunction.Power => x => MathF.Pow(x, a),
            _ => throw new ArgumentOutOfRangeException(nameof(operation)),
        };
    }

    /// <summary>The function of a node's operation; null if it is none of one element.</summary>
    public static Func<float, float>? Of(Operation operation)
    {
        return operation switch
        {
            Unary unary => Of(unary.Function),
            Parametric parametric => Of(parametric),
            _ => null,
        };
    }

    /// <summary>The function of 8-bit integers between two quantizations.</summary>
    public static Func<int, int> Quantized(Func<float, float> function, Quantization from, Quantization to)
    {
        float inverseScale = 1 / to.Scale;
        return element =>
        {
            float x = from.Scale * (element - from.ZeroPoint);
            float rounded = MathF.Round(function(x) * inverseScale, MidpointRounding.AwayFromZero);
            return (int)Math.Clamp(rounded + to.ZeroPoint, sbyte.MinValue, sbyte.MaxValue);
        };
    }

    /// <summary>log(1 + exp(x)) without an exponential above 1.</summary>
    private static float Softplus(float x)
    {
        return MathF.Max(x, 0) + MathF.Log(1 + MathF.Exp(-MathF.Abs(x)));
    }
}
