namespace EdgeQuant.Runtime.Arithmetic;

/// <summary>
/// The 16-bit counterparts of <see cref="FixedPoint"/>: a number Q(m).(15-m) is a <see cref="short"/> read as
/// value / 2^(15-m). Definitions: gemmlowp's fixed-point arithmetic.
/// </summary>
internal static class FixedPoint16
{
    /// <summary>
    /// a * b / 2^15, rounded to nearest with halves towards positive infinity; <see cref="short.MinValue"/> squared
    /// gives <see cref="short.MaxValue"/>.
    /// </summary>
    internal static short SaturatingRoundingDoublingHighMultiply(short a, short b)
    {
        int product = (a * b + (1 << 14)) >> 15;
        return product > short.MaxValue ? short.MaxValue : (short)product;
    }

    /// <summary>
    /// x / 2^exponent rounded to nearest, halves away from zero. <paramref name="exponent"/> is 0 to 15.
    /// </summary>
    internal static short RoundingDivideByPowerOfTwo(short x, int exponent) =>
        (short)FixedPoint.RoundingDivideByPowerOfTwo(x, exponent);

    /// <summary>
    /// x * 2^exponent: saturating for a positive <paramref name="exponent"/>, rounded as
    /// <see cref="RoundingDivideByPowerOfTwo"/> for a negative one. <paramref name="exponent"/> is -15 to 15.
    /// </summary>
    internal static short SaturatingRoundingMultiplyByPowerOfTwo(short x, int exponent) =>
        exponent <= 0 ? RoundingDivideByPowerOfTwo(x, -exponent) : Saturate(x << exponent);

    /// <summary>(a + b) / 2 rounded to nearest, halves away from zero.</summary>
    internal static short RoundingHalfSum(short a, short b)
    {
        int sum = a + b;
        return (short)((sum + (sum >= 0 ? 1 : -1)) / 2);
    }

    /// <summary>a + b, held within the range of <see cref="short"/>.</summary>
    internal static short SaturatingAdd(short a, short b) => Saturate(a + b);

    /// <summary>a - b, held within the range of <see cref="short"/>.</summary>
    internal static short SaturatingSubtract(short a, short b) => Saturate(a - b);

    /// <summary><paramref name="value"/>, held within the range of <see cref="short"/>.</summary>
    internal static short Saturate(int value) =>
        (short)FixedPoint.Clamp(value, short.MinValue, short.MaxValue);
}
