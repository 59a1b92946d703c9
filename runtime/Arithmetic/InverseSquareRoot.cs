namespace EdgeQuant.Runtime.Arithmetic;

/// <summary>
/// 1 / sqrt(x) as a quantized multiplier, by Newton-Raphson iteration in Q3.28 as TensorFlow Lite defines it.
/// </summary>
internal static class InverseSquareRoot
{
    private const int OneInQ3 = 1 << 28;
    private const int OneAndHalfInQ3 = (1 << 28) + (1 << 27);

    // sqrt(2) / 2 in Q0.31.
    private const int HalfSquareRootOf2 = 1518500250;

    /// <summary>
    /// 1 / sqrt(<paramref name="x"/>) as <paramref name="multiplier"/> * 2^(<paramref name="shift"/> - 31), for
    /// <see cref="Requantization.MultiplyByQuantizedMultiplier(int, int, int)"/>. Zero counts as 1.
    /// The relative error stays below 1.3e-6.
    /// </summary>
    /// <param name="x">The argument, 0 or more.</param>
    /// <param name="multiplier">Positive; below 2^30 for some arguments, unlike a converter's multipliers.</param>
    /// <param name="shift">Zero or negative.</param>
    internal static void Of(int x, out int multiplier, out int shift)
    {
        if (x <= 1)
        {
            multiplier = int.MaxValue;
            shift = 0;
            return;
        }

        // x becomes x / 4^k in [2^27, 2^29), which Q3.28 reads as [1/4, 1) once it is halved.
        int rightShift = 11;
        while (x >= 1 << 29)
        {
            x /= 4;
            rightShift++;
        }

        int leftShiftPairs = (LeadingZeros.Count((uint)x) - 1) / 2 - 1;
        rightShift -= leftShiftPairs;
        x <<= 2 * leftShiftPairs;

        multiplier = Multiply(InverseSquareRootInQ3(x >> 1), HalfSquareRootOf2);
        if (rightShift < 0)
        {
            multiplier <<= -rightShift;
            rightShift = 0;
        }

        shift = -rightShift;
    }

    // Five steps of r = 3/2 r - 1/2 x r^3 from r = 1.
    private static int InverseSquareRootInQ3(int x)
    {
        int half = FixedPoint.RoundingDivideByPowerOfTwo(x, 1);
        int result = OneInQ3;
        for (int step = 0; step < 5; step++)
        {
            int cube = FixedPoint.SaturatingRoundingMultiplyByPowerOfTwo(
                Multiply(Multiply(result, result), result), 6);
            result = FixedPoint.SaturatingRoundingMultiplyByPowerOfTwo(
                Multiply(OneAndHalfInQ3, result) - Multiply(half, cube), 3);
        }

        return result;
    }

    private static int Multiply(int a, int b) => FixedPoint.SaturatingRoundingDoublingHighMultiply(a, b);
}
