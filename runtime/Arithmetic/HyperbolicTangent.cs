namespace EdgeQuant.Runtime.Arithmetic;

/// <summary>tanh(x) = (1 - exp(-2x)) / (1 + exp(-2x)), by gemmlowp's fixed-point method.</summary>
internal static class HyperbolicTangent
{
    /// <summary>
    /// tanh(<paramref name="x"/>) in Q0.31. <paramref name="x"/> has <paramref name="integerBits"/> integer bits, from
    /// 0 to 4. The error stays below 320 * 2^-31.
    /// </summary>
    internal static int Of(int x, int integerBits)
    {
        if (x == 0)
        {
            return 0;
        }

        // One more integer bit doubles the number without changing its bits.
        int ofMagnitude = Reciprocal.OneMinusOverOnePlus(
            Exponential.OfNonPositive(x > 0 ? -x : x, integerBits + 1));
        return x > 0 ? ofMagnitude : -ofMagnitude;
    }
}
