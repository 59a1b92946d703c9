using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Lower.Elements;

/// <summary>
/// Functions of real numbers that the reference evaluates in single precision when it fills a table: each is the function of TensorFlow Lite's
/// table builder between two quantizations.
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
            _ => throw new ArgumentOutOfRangeException(nameof(function)),
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
}
