namespace EdgeQuant.Runtime.Arithmetic;

/// <summary>
/// The 16-bit counterparts of <see cref="FixedPoint"/>, as far as TensorFlow Lite's kernels need them: a number
/// Q(m).(15-m) is a <see cref="short"/> read as value / 2^(15-m). Definitions: gemmlowp and TensorFlow Lite's
/// hard-swish.
/// </summary>
internal static class FixedPoint16
{
    /// <summary>
    /// a * b / 2^15, the product of two Q0.15 numbers, rounded to nearest with halves towards positive infinity
    /// (Arm's SQRDMULH); <see cref="short.MinValue"/> squared gives <see cref="short.MaxValue"/>.
    /// </summary>
    internal static short SaturatingRoundingDoublingHighMultiply(short a, short b) =>
        Saturate(((a * b) + (1 << 14)) >> 15);

    /// <summary>
    /// a * b / 2^15 rounded towards zero; <see cref="short.MinValue"/> squared gives <see cref="short.MaxValue"/>.
    /// </summary>
    internal static short SaturatingDoublingHighMultiply(short a, short b) => Saturate(a * b / (1 << 15));

    /// <summary>
    /// x / 2^exponent rounded to nearest, halves away from zero, for <paramref name="exponent"/> from 0 to 15.
    /// From 16 to 31, the mask of the definition no longer fits 16 bits and the result is 1 for zero and positive
    /// numbers, -1 for negative ones.
    /// </summary>
    internal static short RoundingDivideByPowerOfTwo(short x, int exponent)
    {
        int mask = (short)((1L << exponent) - 1);
        int threshold = (mask >> 1) + (x < 0 ? 1 : 0);
        return (short)((x >> exponent) + ((x & mask) > threshold ? 1 : 0));
    }

    /// <summary>x * 2^exponent, saturating. <paramref name="exponent"/> is 0 to 31.</summary>
    internal static short SaturatingShiftLeft(short x, int exponent) =>
        Saturate(FixedPoint.SaturatingRoundingMultiplyByPowerOfTwo(x, exponent));

    /// <summary>a + b, held within the range of <see cref="short"/>.</summary>
    internal static short SaturatingAdd(short a, short b) => Saturate(a + b);

    /// <summary><paramref name="value"/>, held within the range of <see cref="short"/>.</summary>
    internal static short Saturate(int value) =>
        (short)FixedPoint.Clamp(value, short.MinValue, short.MaxValue);
}
