namespace EdgeQuant.Converter.Lower.Elements;

/// <summary>
/// The error function, to about 15 digits: its power series near zero, a continued fraction of its complement elsewhere (Abramowitz and
/// Stegun, Handbook of Mathematical Functions, 7.1.6 and 7.1.14).
/// </summary>
internal static class ErrorFunction
{
    // Where both ways need about as many steps.
    private const double Border = 2.5;
    private const int Steps = 60;

    /// <summary>erf(x), between -1 and 1.</summary>
    public static double Of(double x)
    {
        return Math.Abs(x) < Border ? Series(x) : Math.CopySign(1 - Fraction(Math.Abs(x)), x);
    }

    /// <summary>1 - erf(x), without losing digits where it is small.</summary>
    public static double Complement(double x)
    {
        return Math.Abs(x) < Border ? 1 - Series(x) : x < 0 ? 2 - Fraction(-x) : Fraction(x);
    }

    private static double Series(double x)
    {
        double term = x;
        double sum = x;
        for (int n = 1; n <= Steps && Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    private static double Fraction(double x)
    {
        double denominator = x;
        for (int n = Steps; n >= 1; n--)
        {
            denominator = x + (n / 2.0 / denominator);
        }

        return Math.Exp(-x * x) / (Math.Sqrt(Math.PI) * denominator);
    }
}
