namespace EdgeQuant.Runtime.Arithmetic;

/// <summary>
/// The natural logarithm of a positive integer as TensorFlow Lite Micro's signal library computes it: the power of two from the highest bit,
/// log2 of the rest from a table.
/// </summary>
internal static class TableLogarithm
{
    /// <summary>Entries of the table: one for each of 128 segments and one behind the last.</summary>
    internal const int Entries = 129;

    private const int FractionBits = 16;
    private const int SegmentBits = 7;

    // log(2) in Q0.16.
    private const int Log2 = 45426;
    private const uint Half = 1 << (FractionBits - 1);

    /// <summary>log(<paramref name="x"/>) x <paramref name="scale"/>, modulo 2^32.</summary>
    /// <param name="x">At least 1.</param>
    /// <param name="scale">What 1 becomes.</param>
    /// <param name="table">Entry i is (log2(1 + i / 128) - i / 128) x 2^16.</param>
    internal static uint Of(uint x, uint scale, Int16Parameters table)
    {
        int power = 31 - LeadingZeros.Count(x);
        int rest = (int)(x - (1u << power));
        int fraction = power < FractionBits ? rest << (FractionBits - power) : rest >> (power - FractionBits);
        int segment = fraction >> (FractionBits - SegmentBits);
        int start = table[segment];
        int within = fraction - (segment << (FractionBits - SegmentBits));
        // The reference divides by 2^16, not by the segment's 2^9, so that the line to the next entry hardly counts.
        int line = ((table[segment + 1] - start) * within) >> FractionBits;
        uint log2 = ((uint)power << FractionBits) + (uint)(fraction + start + line);
        uint natural = (uint)(((ulong)Log2 * log2 + Half) >> FractionBits);
        return ((scale * natural) + Half) >> FractionBits;
    }
}
