#if !NANOFRAMEWORK
using System.Runtime.CompilerServices;
#endif

namespace EdgeQuant.Runtime.Arithmetic;

/// <summary>
/// The 32-bit fixed-point primitives that every quantized kernel rests on. A fixed-point number Q(m).(31-m) is an
/// <see cref="int"/> read as value / 2^(31-m). Definitions: gemmlowp's fixed-point arithmetic, which TensorFlow Lite
/// Micro's reference kernels use.
/// </summary>
internal static class FixedPoint
{
    /// <summary>
    /// a * b / 2^31, the product of two Q0.31 numbers, rounded to nearest with halves towards positive infinity
    /// (Arm's SQRDMULH). The one product out of range, <see cref="int.MinValue"/> squared, gives
    /// <see cref="int.MaxValue"/>.
    /// </summary>
#if !NANOFRAMEWORK
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
#endif
    internal static int SaturatingRoundingDoublingHighMultiply(int a, int b)
    {
        // The reference adds a nudge of the product's sign and divides towards zero; a flooring shift of the product
        // plus one half is the same number for either sign.
        int product = (int)(((long)a * b + (1L << 30)) >> 31);
        return a == int.MinValue && b == int.MinValue ? int.MaxValue : product;
    }

    /// <summary>
    /// x / 2^exponent rounded to nearest, halves away from zero. <paramref name="exponent"/> is 0 to 31.
    /// </summary>
#if !NANOFRAMEWORK
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
#endif
    internal static int RoundingDivideByPowerOfTwo(int x, int exponent)
    {
        int mask = (int)((1L << exponent) - 1);
        int remainder = x & mask;
        int threshold = (mask >> 1) + (int)((uint)x >> 31);
        return (x >> exponent) + (remainder > threshold ? 1 : 0);
    }

    /// <summary>
    /// x * 2^exponent: saturating for a positive <paramref name="exponent"/>, rounded as
    /// <see cref="RoundingDivideByPowerOfTwo"/> for a negative one. <paramref name="exponent"/> is -31 to 31.
    /// </summary>
    internal static int SaturatingRoundingMultiplyByPowerOfTwo(int x, int exponent)
    {
        if (exponent <= 0)
        {
            return RoundingDivideByPowerOfTwo(x, -exponent);
        }

        int limit = int.MaxValue >> exponent;
        if (x > limit)
        {
            return int.MaxValue;
        }

        return x < -limit ? int.MinValue : x << exponent;
    }

    /// <summary>(a + b) / 2 rounded to nearest, halves away from zero, without overflow.</summary>
    internal static int RoundingHalfSum(int a, int b)
    {
        long sum = (long)a + b;
        return (int)((sum + (sum >= 0 ? 1 : -1)) / 2);
    }

    /// <summary>a + b, held within the range of <see cref="int"/>.</summary>
    internal static int SaturatingAdd(int a, int b) => Saturate((long)a + b);

    /// <summary>a - b, held within the range of <see cref="int"/>.</summary>
    internal static int SaturatingSubtract(int a, int b) => Saturate((long)a - b);

    /// <summary><paramref name="value"/>, held within the range of <see cref="int"/>.</summary>
    internal static int Saturate(long value)
    {
        if (value > int.MaxValue)
        {
            return int.MaxValue;
        }

        return value < int.MinValue ? int.MinValue : (int)value;
    }

    /// <summary>
    /// <paramref name="value"/>, but at least <paramref name="minimum"/> and then at most <paramref name="maximum"/>:
    /// the order matters only for an empty range, where the maximum is given.
    /// </summary>
#if !NANOFRAMEWORK
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
#endif
    internal static int Clamp(int value, int minimum, int maximum)
    {
        if (value < minimum)
        {
            value = minimum;
        }

        return value > maximum ? maximum : value;
    }
}
