namespace EdgeQuant.Runtime.Arithmetic;

/// <summary>
/// Quotients by Newton-Raphson division in fixed point, as gemmlowp and TensorFlow Lite define them.
/// </summary>
internal static class Reciprocal
{
    // 48/17 and 32/17 in Q2.29: the line nearest to 1/d on [1/2, 1], which starts the iteration.
    private const int FortyEightOver17 = 1515870810;
    private const int MinusThirtyTwoOver17 = -1010580540;
    private const int OneInQ2 = 1 << 29;

    /// <summary>
    /// 1 / <paramref name="x"/> as result * 2^(-31 - bitsOverUnit), where <paramref name="x"/> is positive and has
    /// <paramref name="integerBits"/> integer bits. The result is in Q0.31, from one half to 1, within 8 units of its last place.
    /// </summary>
    /// <param name="x">The divisor.</param>
    /// <param name="integerBits">Integer bits of <paramref name="x"/>, 0 to 31.</param>
    /// <param name="bitsOverUnit">Binary digits of <paramref name="x"/> left of its point, less one.</param>
    internal static int Of(int x, int integerBits, out int bitsOverUnit)
    {
        int leadingZeros = LeadingZeros.Count((uint)x);
        bitsOverUnit = integerBits - leadingZeros;
        return OfOnePlus((int)(((uint)x << leadingZeros) - (1u << 31)));
    }

    /// <summary>
    /// 1 / (1 + <paramref name="x"/>) for <paramref name="x"/> in [0, 1), both in Q0.31; within 8 units of the last
    /// place.
    /// </summary>
    internal static int OfOnePlus(int x) =>
        FixedPoint.SaturatingRoundingMultiplyByPowerOfTwo(OfHalfOfOnePlus(x), 1);

    /// <summary>
    /// (1 - <paramref name="x"/>) / (1 + <paramref name="x"/>) for <paramref name="x"/> in [0, 1), both in Q0.31; within
    /// 16 units of the last place.
    /// </summary>
    internal static int OneMinusOverOnePlus(int x) =>
        FixedPoint.SaturatingRoundingMultiplyByPowerOfTwo(OfHalfOfOnePlus(x) - OneInQ2, 2);

    // 2 / (1 + x) in Q2.29, by three steps of r += r * (1 - d * r) with d = (1 + x) / 2.
    private static int OfHalfOfOnePlus(int x)
    {
        int half = FixedPoint.RoundingHalfSum(x, int.MaxValue);
        int result = FortyEightOver17 + FixedPoint.SaturatingRoundingDoublingHighMultiply(half, MinusThirtyTwoOver17);
        for (int step = 0; step < 3; step++)
        {
            int error = OneInQ2 - FixedPoint.SaturatingRoundingDoublingHighMultiply(half, result);
            result += FixedPoint.SaturatingRoundingMultiplyByPowerOfTwo(
                FixedPoint.SaturatingRoundingDoublingHighMultiply(result, error), 2);
        }

        return result;
    }
}
