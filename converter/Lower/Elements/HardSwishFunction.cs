using EdgeQuant.Converter.Graph;
using EdgeQuant.Runtime.Arithmetic;

namespace EdgeQuant.Converter.Lower.Elements;

/// <summary>
/// x times (x + 3), held within 0 to 6, over 6, of 8-bit integers in the reference's 16-bit fixed-point arithmetic. Both factors are computed
/// from x in units of 2^-7 steps: x itself on the output's scale, and the second one as a number from 0 to 1.
/// </summary>
internal static class HardSwishFunction
{
    private const int HighResolutionBits = 7;

    /// <summary>The function between two quantizations.</summary>
    public static Func<int, int> Of(Quantization from, Quantization to)
    {
        QuantizedMultiplier output = OutputMultiplier(from, to);
        QuantizedMultiplier gate = QuantizedMultiplier.From(HighResolutionScale(from) / (3f / 32768f));
        short outputMultiplier = (short)Requantization.ReduceMultiplier(output.Multiplier);
        short gateMultiplier = (short)Requantization.ReduceMultiplier(gate.Multiplier);
        return element =>
        {
            short x = (short)((element - from.ZeroPoint) << HighResolutionBits);
            short onOutputScale = FixedPoint16.SaturatingRoundingDoublingHighMultiply(x, outputMultiplier);
            short product = DoublingHighMultiply(Gate(x, gateMultiplier, gate.Shift), onOutputScale);
            short result = FixedPoint16.RoundingDivideByPowerOfTwo(product, Math.Min(-output.Shift, 15));
            return Math.Clamp((short)(result + to.ZeroPoint), sbyte.MinValue, sbyte.MaxValue);
        };
    }

    /// <summary>The factor from 2^-7 steps of the input to steps of the output; the function needs one below 1 (a shift of 0 or less).</summary>
    public static QuantizedMultiplier OutputMultiplier(Quantization from, Quantization to)
    {
        return QuantizedMultiplier.From(HighResolutionScale(from) / to.Scale);
    }

    private static float HighResolutionScale(Quantization from)
    {
        return 1f / (1 << HighResolutionBits) * from.Scale;
    }

    /// <summary>(x + 3) / 6, held within 0 to 1, in Q0.15. Of a shift to the left the last bit is applied last, so that only it saturates.</summary>
    private static short Gate(short x, short multiplier, int shift)
    {
        short gate = shift > 0 ? ShiftLeft(x, shift - 1) : x;
        gate = FixedPoint16.SaturatingRoundingDoublingHighMultiply(gate, multiplier);
        if (shift > 0)
        {
            gate = ShiftLeft(gate, 1);
        }
        else if (shift < 0)
        {
            gate = FixedPoint16.RoundingDivideByPowerOfTwo(gate, Math.Min(-shift, 15));
        }

        return (short)((gate + (1 << 15)) >> 1);
    }

    private static short ShiftLeft(short value, int amount)
    {
        return (short)Math.Clamp((long)value << amount, short.MinValue, short.MaxValue);
    }

    /// <summary>a x b / 2^15, rounded towards zero.</summary>
    private static short DoublingHighMultiply(short a, short b)
    {
        return a == short.MinValue && b == short.MinValue ? short.MaxValue : (short)(a * b / (1 << 15));
    }
}
