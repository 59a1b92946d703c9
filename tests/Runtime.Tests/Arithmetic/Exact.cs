using System.Numerics;

namespace EdgeQuant.Runtime.Tests.Arithmetic;

/// <summary>The definitions of rounding, saturation and wrap-around, on integers without bounds.</summary>
internal static class Exact
{
    /// <summary>value / 2^bits rounded to nearest, halves towards positive infinity.</summary>
    public static BigInteger DivideHalvesUp(BigInteger value, int bits) =>
        FloorDivide(2 * value + BigInteger.Pow(2, bits), BigInteger.Pow(2, bits + 1));

    /// <summary>value / 2^bits rounded to nearest, halves away from zero.</summary>
    public static BigInteger DivideHalvesAwayFromZero(BigInteger value, int bits) =>
        value.Sign * DivideHalvesUp(BigInteger.Abs(value), bits);

    /// <summary>The nearest value that a two's complement integer of so many bits holds.</summary>
    public static BigInteger Saturate(BigInteger value, int bits) =>
        BigInteger.Max(-BigInteger.Pow(2, bits - 1), BigInteger.Min(BigInteger.Pow(2, bits - 1) - 1, value));

    /// <summary>The value of so many bits that is congruent modulo 2^bits.</summary>
    public static BigInteger Wrap(BigInteger value, int bits)
    {
        BigInteger modulus = BigInteger.Pow(2, bits);
        BigInteger half = BigInteger.Pow(2, bits - 1);
        return value + half - modulus * FloorDivide(value + half, modulus) - half;
    }

    private static BigInteger FloorDivide(BigInteger dividend, BigInteger divisor)
    {
        BigInteger quotient = BigInteger.DivRem(dividend, divisor, out BigInteger remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }
}
