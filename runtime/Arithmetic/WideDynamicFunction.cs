namespace EdgeQuant.Runtime.Arithmetic;

/// <summary>
/// A function of 32 unsigned bits as TensorFlow Lite Micro's signal library tables it: a parabola for each power of two, so that small and
/// large arguments have the same relative accuracy.
/// </summary>
internal static class WideDynamicFunction
{
    /// <summary>Entries of the table: the values at 0, 1 and 2, then three coefficients and a gap for each power of two from 2^1 on.</summary>
    internal const int Entries = 125;

    private const int FractionBits = 10;
    private const int FractionMask = (1 << FractionBits) - 1;

    /// <summary>The function at <paramref name="x"/>.</summary>
    internal static short Of(uint x, Int16Parameters table)
    {
        if (x <= 2)
        {
            return table[(int)x];
        }

        int bits = 32 - LeadingZeros.Count(x);
        int entry = (4 * bits) - 6;
        int beyond = bits - 1 - FractionBits;
        int fraction = (int)(beyond < 0 ? x << -beyond : x >> beyond) & FractionMask;
        int value = ((table[entry + 2] * fraction) >> 5) + (table[entry + 1] << 5);
        value = ((value * fraction) + (1 << 14)) >> 15;
        return (short)(value + table[entry]);
    }
}
