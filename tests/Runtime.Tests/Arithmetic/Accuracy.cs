using Xunit;

namespace EdgeQuant.Runtime.Tests.Arithmetic;

/// <summary>Compares a fixed-point function with the real one over a sweep of arguments.</summary>
internal static class Accuracy
{
    /// <summary>
    /// Fails where <paramref name="function"/> is further than <paramref name="bound"/> units of its last place from
    /// <paramref name="real"/>, which gives the real value in these units.
    /// </summary>
    public static void IsWithin(
        double bound, long first, long last, long step, Func<int, int> function, Func<int, double> real)
    {
        for (long x = first; x <= last; x += step)
        {
            double error = function((int)x) - real((int)x);
            if (Math.Abs(error) > bound)
            {
                Assert.Fail($"At {x} the error is {error} units of the last place, not within {bound}.");
            }
        }
    }

    /// <summary>
    /// Fails where <paramref name="function"/> falls by more than <paramref name="tolerance"/> units from one argument
    /// of the sweep to the next.
    /// </summary>
    public static void NeverFallsByMoreThan(
        int tolerance, long first, long last, long step, Func<int, int> function)
    {
        int previous = function((int)first);
        for (long x = first + step; x <= last; x += step)
        {
            int current = function((int)x);
            if ((long)previous - current > tolerance)
            {
                Assert.Fail($"From {x - step} to {x} the value falls from {previous} to {current}.");
            }

            previous = current;
        }
    }
}
