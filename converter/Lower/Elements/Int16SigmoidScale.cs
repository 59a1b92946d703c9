namespace EdgeQuant.Converter.Lower.Elements;

/// <summary>How a 16-bit element becomes the argument of <see cref="Runtime.Arithmetic.Logistic16"/>, in units of 1 / (3 x 4096).</summary>
internal static class Int16SigmoidScale
{
    private const int FractionBits = 12;
    private const float PowerOfTwoTolerance = 1e-3f;

    /// <summary>
    /// Multiplier and right shift for a scale. A scale of 2^-12 x 2^n is a power of two for the reference where n is at most
    /// <paramref name="mostLeftShift"/>, and is taken exactly; of others the multiplier has 15 bits.
    /// </summary>
    public static int[] Of(float scale, int mostLeftShift)
    {
        float logarithm = MathF.Log2(scale);
        float nearest = MathF.Round(logarithm, MidpointRounding.AwayFromZero);
        int leftShift = FractionBits + (int)nearest;
        if (MathF.Abs(logarithm - nearest) < PowerOfTwoTolerance && leftShift >= 0 && leftShift <= mostLeftShift)
        {
            return [3 << leftShift, 0];
        }

        double multiplier = (double)scale * 4096.0 * 3.0;
        int shift = 0;
        while (multiplier <= 32767.0 / 2.0 && shift <= 30)
        {
            shift++;
            multiplier *= 2.0;
        }

        return [(int)Math.Min(multiplier, int.MaxValue), shift];
    }
}
