using EdgeQuant.Runtime.Arithmetic;
using FsCheck.Fluent;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Arithmetic;

public sealed class WideDynamicFunctionTests
{
    /// <summary>A table of parabolas through the function's values at both ends and in the middle of each power of two, its coefficients Q15, Q15 and Q14.</summary>
    private static readonly short[] s_reciprocals = Table(static x => 30000 / (1 + Math.Sqrt(x)));

    [Fact]
    public void Of_IsTheTabledFunction() => Property.Holds(
        Numbers.Int32.Select(static value => (uint)value),
        static x => Math.Abs(WideDynamicFunction.Of(x, s_reciprocals) - (30000 / (1 + Math.Sqrt(x)))) <= 3 + (30000 / (1 + Math.Sqrt(x)) * 0.01));

    private static short[] Table(Func<double, double> function)
    {
        short[] table = new short[WideDynamicFunction.Entries];
        (table[0], table[1], table[2]) = (Round(function(0)), Round(function(1)), Round(function(2)));
        for (int bits = 2; bits <= 32; bits++)
        {
            double start = Math.Pow(2, bits - 1);
            double y0 = function(start);
            double middle = function(1.5 * start) - y0;
            double end = function(2 * start) - y0;

            // y = y0 + a f + b f^2 with f from 0 to 1; the function takes f in units of 2^-10: a x 2^10 >> 10, b x 2^20 >> 20.
            double b = 2 * (end - (2 * middle));
            int entry = (4 * bits) - 6;
            table[entry] = Round(y0);
            table[entry + 1] = Round(end - b);
            table[entry + 2] = Round(b);
        }

        return table;
    }

    private static short Round(double value) => (short)Math.Clamp(Math.Round(value), short.MinValue, short.MaxValue);
}
