using EdgeQuant.Runtime.Arithmetic;

namespace EdgeQuant.Converter.Lower;

/// <summary>Constants that signal operators are defined with, computed as the reference computes them.</summary>
internal static class SignalTables
{
    /// <summary>exp(-2 pi i k / length) in Q0.15 for each k, real and imaginary parts in turn.</summary>
    public static short[] Twiddles(int length)
    {
        return Rotations(length, k => -2 * Math.PI * k / length);
    }

    /// <summary>What joins the spectra of even and odd samples: exp(-pi i ((k + 1) / length + 1 / 2)) in Q0.15 for k below length / 2.</summary>
    public static short[] LastTwiddles(int length)
    {
        return Rotations(length / 2, k => -Math.PI * (((double)(k + 1) / length) + 0.5));
    }

    /// <summary>(log2(1 + i / 128) - i / 128) x 2^16, rounded to nearest, for i from 0 to 128.</summary>
    public static short[] Logarithms()
    {
        const double Segments = TableLogarithm.Entries - 1;
        return [.. Enumerable.Range(0, TableLogarithm.Entries).Select(i => (short)Math.Round((Math.Log2(1 + (i / Segments)) - (i / Segments)) * 65536))];
    }

    private static short[] Rotations(int count, Func<int, double> phase)
    {
        return [.. Enumerable.Range(0, count).Select(phase).SelectMany(angle => new[] { Fraction(Math.Cos(angle)), Fraction(Math.Sin(angle)) })];
    }

    private static short Fraction(double value)
    {
        return (short)Math.Floor(0.5 + (short.MaxValue * value));
    }
}
