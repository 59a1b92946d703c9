namespace EdgeQuant.Converter.Quantizing.Codebooks;

/// <summary>
/// Finds the entry of a codebook that is nearest to a number. Entries are integers, so numbers between the same two halves
/// (k / 2 and (k + 1) / 2) have the same one: a table is exact.
/// </summary>
internal sealed class NearestEntry
{
    /// <summary>The largest entry; the smallest is its negative.</summary>
    public const int Limit = 127;

    /// <summary>The intervals of a half between -127 and 127.</summary>
    public const int Intervals = 4 * Limit;

    private readonly sbyte[] _entries = new sbyte[Intervals];

    /// <summary>Makes the table.</summary>
    /// <param name="codebook">The entries, ascending, one at least.</param>
    public NearestEntry(IReadOnlyList<sbyte> codebook)
    {
        int entry = 0;
        for (int interval = 0; interval < Intervals; interval++)
        {
            // The interval lies above the middle of two entries if its lower end does not lie below it.
            while (entry + 1 < codebook.Count && interval - (2 * Limit) >= codebook[entry] + codebook[entry + 1])
            {
                entry++;
            }

            _entries[interval] = codebook[entry];
        }
    }

    /// <summary>The interval of a number; numbers beyond -127 to 127 are in the outermost ones.</summary>
    public static int Interval(double value)
    {
        return (int)Math.Clamp((value + Limit) * 2, 0, Intervals - 1);
    }

    public sbyte Of(double value)
    {
        return _entries[Interval(value)];
    }
}
