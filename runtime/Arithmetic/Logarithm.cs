namespace EdgeQuant.Runtime.Arithmetic;

/// <summary>
/// The natural logarithm by TensorFlow Lite's fixed-point method: x is split into a power of two and a remainder r
/// around sqrt(sqrt(1/2)), and log(r) is a quotient of two polynomials.
/// </summary>
/// <remarks>
/// Two splits are computed, one with x as it is and one with x * sqrt(1/2), of which the smaller remainder and the
/// larger power belong together. The result is rounded often, and every rounding is part of the definition.
/// </remarks>
internal static class Logarithm
{
    // In Q0.31.
    private const int Log2 = 1488522236;
    private const int FourthRootOfHalf = 1805811301;
    private const int SquareRootOfHalf = 1518500250;
    private const int OneQuarter = 1 << 29;

    // The polynomials' coefficients in Q0.31; s is the fourth root of 2.
    private const int NumeratorCubic = 117049297; // 11 / 240 * s
    private const int DenominatorQuadratic = 127690142; // 1 / 20 * s
    private const int DenominatorConstant = 1057819769; // 2 / s - s
    private const int DenominatorLinear = 638450708; // 1 / 4 * s

    /// <summary>log(<paramref name="x"/>) for <paramref name="x"/> of at least 1.</summary>
    /// <param name="x">The positive argument, with <paramref name="inputIntegerBits"/> integer bits.</param>
    /// <param name="inputIntegerBits">0 to 30.</param>
    /// <param name="outputIntegerBits">Integer bits of the result; enough of them for log(2^inputIntegerBits).</param>
    internal static int Of(int x, int inputIntegerBits, int outputIntegerBits)
    {
        // One bit of headroom, because the power's part may exceed the result until the remainder's part is added.
        int accumulatorBits = outputIntegerBits + 1;
        int quarter = FixedPoint.RoundingDivideByPowerOfTwo(OneQuarter, accumulatorBits);

        int leadingZeros = LeadingZeros.Count((uint)x);
        int remainderA = FixedPoint.SaturatingRoundingMultiplyByPowerOfTwo(
            Multiply(FixedPoint.SaturatingRoundingMultiplyByPowerOfTwo(x, leadingZeros - 1), SquareRootOfHalf), 1);
        int powerA = FixedPoint.SaturatingAdd(
            FixedPoint.SaturatingRoundingMultiplyByPowerOfTwo(inputIntegerBits - leadingZeros, 31 - accumulatorBits),
            quarter);

        int headroom = LeadingZeros.Count((uint)Multiply(x, SquareRootOfHalf)) - 1;
        int remainderB = FixedPoint.SaturatingRoundingMultiplyByPowerOfTwo(x, headroom);
        int powerB = FixedPoint.SaturatingSubtract(
            FixedPoint.SaturatingRoundingMultiplyByPowerOfTwo(inputIntegerBits - headroom, 31 - accumulatorBits),
            quarter);

        int remainder = remainderA < remainderB ? remainderA : remainderB;
        int power = powerA > powerB ? powerA : powerB;

        int sum = Multiply(power, Log2)
            + Multiply(
                FixedPoint.RoundingDivideByPowerOfTwo(Numerator(remainder), accumulatorBits),
                Reciprocal.OfOnePlus(DenominatorMinusOne(remainder)));
        return FixedPoint.SaturatingRoundingMultiplyByPowerOfTwo(sum, 1);
    }

    private static int Numerator(int remainder)
    {
        int q = TwiceTheDistance(remainder);
        int cubic = Multiply(Multiply(q, Multiply(q, q)), NumeratorCubic);
        return Multiply(q, remainder) + cubic;
    }

    private static int DenominatorMinusOne(int remainder)
    {
        int q = TwiceTheDistance(remainder);
        int mean = FixedPoint.RoundingHalfSum(remainder, FourthRootOfHalf);
        int inner = DenominatorConstant + q + Multiply(DenominatorQuadratic, Multiply(q, q));
        return Multiply(mean, inner) + Multiply(DenominatorLinear, q);
    }

    private static int TwiceTheDistance(int remainder) => 2 * (remainder - FourthRootOfHalf);

    private static int Multiply(int a, int b) => FixedPoint.SaturatingRoundingDoublingHighMultiply(a, b);
}
