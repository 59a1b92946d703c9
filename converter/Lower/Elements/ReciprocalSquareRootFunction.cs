using EdgeQuant.Converter.Graph;
using EdgeQuant.Runtime.Arithmetic;

namespace EdgeQuant.Converter.Lower.Elements;

/// <summary>
/// 1 over the square root of 8-bit integers, in the reference's fixed-point arithmetic. It has no value at zero and below, where the result is
/// the largest integer.
/// </summary>
internal static class ReciprocalSquareRootFunction
{
    private const int FractionBits = 20;

    /// <summary>The function between two quantizations.</summary>
    public static Func<int, int> Of(Quantization from, Quantization to)
    {
        QuantizedMultiplier multiplier = QuantizedMultiplier.From(1.0 / (Math.Sqrt(from.Scale) * to.Scale));
        return element =>
        {
            int x = element - from.ZeroPoint;
            if (x <= 0)
            {
                return sbyte.MaxValue;
            }

            InverseSquareRoot.Of(x, out int rootMultiplier, out int rootShift);
            int root = Requantization.MultiplyByQuantizedMultiplier(1, rootMultiplier, rootShift + FractionBits);
            int shift = Math.Max(multiplier.Shift - FractionBits, -31);
            int result = Requantization.MultiplyByQuantizedMultiplier(root, multiplier.Multiplier, shift) + to.ZeroPoint;
            return Math.Clamp(result, sbyte.MinValue, sbyte.MaxValue);
        };
    }
}
