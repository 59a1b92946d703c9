namespace EdgeQuant.Runtime.Arithmetic;

/// <summary>The logistic function 1 / (1 + exp(-x)), by gemmlowp's fixed-point method.</summary>
internal static class Logistic
{
    private const int OneHalf = 1 << 30;

    /// <summary>
    /// logistic(<paramref name="x"/>) in Q0.31. <paramref name="x"/> has <paramref name="integerBits"/> integer bits,
    /// from 0 to 5. The error stays below 160 * 2^-31.
    /// </summary>
    internal static int Of(int x, int integerBits)
    {
        if (x == 0)
        {
            return OneHalf;
        }

        int ofMagnitude = Reciprocal.OfOnePlus(Exponential.OfNonPositive(x > 0 ? -x : x, integerBits));
        return x > 0 ? ofMagnitude : int.MaxValue - ofMagnitude;
    }
}
