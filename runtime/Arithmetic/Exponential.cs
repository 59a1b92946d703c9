namespace EdgeQuant.Runtime.Arithmetic;

/// <summary>
/// exp(x) for x up to zero, by gemmlowp's fixed-point method: a fourth-order Taylor polynomial on [-1/4, 0), times
/// exp(-2^k) for every set bit 2^k of the rest.
/// </summary>
internal static class Exponential
{
    // exp(-2^k) in Q0.31, for k from -2 to 4.
    private const int ExpMinusQuarter = 1672461947;
    private const int ExpMinusHalf = 1302514674;
    private const int ExpMinus1 = 790015084;
    private const int ExpMinus2 = 290630308;
    private const int ExpMinus4 = 39332535;
    private const int ExpMinus8 = 720401;
    private const int ExpMinus16 = 242;

    // In Q0.31.
    private const int ExpMinusEighth = 1895147668;
    private const int OneThird = 715827883;
    private const int OneEighth = 1 << 28;

    /// <summary>
    /// exp(<paramref name="a"/>) in Q0.31. <paramref name="a"/> is zero or negative, with
    /// <paramref name="integerBits"/> integer bits, from 0 to 5. exp(0) is <see cref="int.MaxValue"/>, the Q0.31 number
    /// nearest to 1. The error stays below 2^-22, and the function never falls as its argument grows.
    /// </summary>
    internal static int OfNonPositive(int a, int integerBits)
    {
        if (a == 0)
        {
            return int.MaxValue;
        }

        int quarter = 1 << (29 - integerBits);
        int withinQuarter = (a & (quarter - 1)) - quarter;
        int result = OfQuarterInterval(
            FixedPoint.SaturatingRoundingMultiplyByPowerOfTwo(withinQuarter, integerBits));

        // A multiple of one quarter. Beyond the highest integer bit, the moving bit leaves the word and tests nothing.
        int rest = withinQuarter - a;
        int bit = quarter;
        result = MultiplyIfSet(result, rest & bit, ExpMinusQuarter);
        bit <<= 1;
        result = MultiplyIfSet(result, rest & bit, ExpMinusHalf);
        bit <<= 1;
        result = MultiplyIfSet(result, rest & bit, ExpMinus1);
        bit <<= 1;
        result = MultiplyIfSet(result, rest & bit, ExpMinus2);
        bit <<= 1;
        result = MultiplyIfSet(result, rest & bit, ExpMinus4);
        bit <<= 1;
        result = MultiplyIfSet(result, rest & bit, ExpMinus8);
        bit <<= 1;
        return MultiplyIfSet(result, rest & bit, ExpMinus16);
    }

    /// <summary>exp(<paramref name="a"/>) for <paramref name="a"/> in [-1/4, 0), both in Q0.31.</summary>
    internal static int OfQuarterInterval(int a)
    {
        // With x = a + 1/8, which is small: exp(-1/8) * (1 + x + x^2 / 2 + x^3 / 6 + x^4 / 24).
        int x = a + OneEighth;
        int x2 = FixedPoint.SaturatingRoundingDoublingHighMultiply(x, x);
        int x3 = FixedPoint.SaturatingRoundingDoublingHighMultiply(x2, x);
        int x4 = FixedPoint.SaturatingRoundingDoublingHighMultiply(x2, x2);
        int x4Over4 = FixedPoint.RoundingDivideByPowerOfTwo(x4, 2);
        int upperTerms = FixedPoint.RoundingDivideByPowerOfTwo(
            FixedPoint.SaturatingRoundingDoublingHighMultiply(x4Over4 + x3, OneThird) + x2, 1);
        return ExpMinusEighth + FixedPoint.SaturatingRoundingDoublingHighMultiply(ExpMinusEighth, x + upperTerms);
    }

    private static int MultiplyIfSet(int value, int bits, int factor) =>
        bits == 0 ? value : FixedPoint.SaturatingRoundingDoublingHighMultiply(value, factor);
}
