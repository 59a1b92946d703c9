using EdgeQuant.Converter.Graph;
using EdgeQuant.Runtime.Arithmetic;

namespace EdgeQuant.Converter.Lower.Elements;

/// <summary>Logistic function and tanh of 8-bit integers, in the reference's fixed-point arithmetic.</summary>
internal static class SigmoidFunctions
{
    private const int InputIntegerBits = 4;
    private const int LogisticOutputBits = 8;
    private const int TanhOutputBits = 7;

    /// <summary>The logistic function; results are in units of 2^-8 and -128 stands for 0.</summary>
    public static Func<int, int> Logistic(Quantization from)
    {
        return Saturated(from, x => Rounded(Runtime.Arithmetic.Logistic.Of(x, InputIntegerBits), LogisticOutputBits) - 128);
    }

    /// <summary>The hyperbolic tangent; results are in units of 2^-7.</summary>
    public static Func<int, int> Tanh(Quantization from)
    {
        return Saturated(from, x => Rounded(HyperbolicTangent.Of(x, InputIntegerBits), TanhOutputBits));
    }

    private static Func<int, int> Saturated(Quantization from, Func<int, int> function)
    {
        ScaledInput scaled = ScaledInput.Of((double)from.Scale * (1 << (31 - InputIntegerBits)), InputIntegerBits);
        return element =>
        {
            int x = element - from.ZeroPoint;
            if (x <= -scaled.Radius)
            {
                return sbyte.MinValue;
            }

            if (x >= scaled.Radius)
            {
                return sbyte.MaxValue;
            }

            int argument = Requantization.MultiplyByQuantizedMultiplier(x, scaled.Multiplier.Multiplier, scaled.Multiplier.Shift);
            return Math.Clamp(function(argument), sbyte.MinValue, sbyte.MaxValue);
        };
    }

    private static int Rounded(int fraction, int bits)
    {
        return FixedPoint.RoundingDivideByPowerOfTwo(fraction, 31 - bits);
    }
}
