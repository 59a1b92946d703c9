namespace EdgeQuant.Runtime.Arithmetic;

/// <summary>
/// A positive real number as <c>multiplier * 2^(shift - 31)</c> with <c>multiplier</c> in [2^30, 2^31): scales that are found while a network
/// runs, and what they are computed from. Every result is rounded to that form, to nearest, halves up: its relative error is at most 2^-31,
/// and 2^-30 where a division has cut off what is below its last place.
/// </summary>
internal readonly struct RealScale
{
    // The smallest number with more than 31 bits, and the bits that a dividend is moved up by: 255 * 2^55 is the most that 63 bits hold.
    private const long TooLarge = 1L << 31;
    private const int DividendBits = 55;

    // A quotient of at most 2^32 moved to the left by less than this stays inside 63 bits; moved by this, it is above every limit.
    private const int LargestQuotientShift = 31;

    internal readonly int Multiplier;
    internal readonly int Shift;

    internal RealScale(int multiplier, int shift)
    {
        Multiplier = multiplier;
        Shift = shift;
    }

    /// <summary><paramref name="value"/> * 2^<paramref name="exponent"/>, for a value from 1 to 2^62.</summary>
    internal static RealScale Of(long value, int exponent)
    {
        uint high = (uint)(value >> 32);
        int bits = high != 0 ? 64 - LeadingZeros.Count(high) : 32 - LeadingZeros.Count((uint)value);
        int excess = bits - 31;
        long rounded = excess > 0 ? (value + (1L << (excess - 1))) >> excess : value << -excess;
        if (rounded == TooLarge)
        {
            rounded >>= 1;
            excess++;
        }

        return new RealScale((int)rounded, exponent + excess + 31);
    }

    internal RealScale Times(RealScale other)
    {
        return Of((long)Multiplier * other.Multiplier, Shift + other.Shift - 62);
    }

    /// <summary>This number divided by 1 to 255.</summary>
    internal RealScale Over(int divisor)
    {
        return Of(((long)Multiplier << 31) / divisor, Shift - 62);
    }

    /// <summary>64 to 255 divided by this number.</summary>
    internal RealScale Under(int dividend)
    {
        return Of(((long)dividend << DividendBits) / Multiplier, 31 - Shift - DividendBits);
    }

    /// <summary>
    /// How often this number goes into <paramref name="multiplier"/> * 2^(<paramref name="shift"/> - 31): the quotient of the multipliers in
    /// units of 2^-31, cut towards zero, then moved to its place and rounded to nearest, halves up; held within the limit and its negative.
    /// Where it is moved to the right, that is within 1 of the exact number.
    /// </summary>
    /// <param name="multiplier">Any number; it need not be normalized.</param>
    /// <param name="shift">-1000 to 1000, as is that of this number.</param>
    /// <param name="limit">Positive.</param>
    internal int Into(int multiplier, int shift, int limit)
    {
        long quotient = ((long)multiplier << 31) / Multiplier;
        int excess = 31 - shift + Shift;
        if (excess > 62 || quotient == 0)
        {
            return 0;
        }

        long rounded = excess > 0 ? (quotient + (1L << (excess - 1))) >> excess
            : excess > -LargestQuotientShift ? quotient << -excess
            : quotient < 0 ? -(long)limit : limit;
        return rounded > limit ? limit : rounded < -limit ? -limit : (int)rounded;
    }
}
