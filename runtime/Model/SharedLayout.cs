namespace EdgeQuant.Runtime.Model;

/// <summary>The lengths of what the shared encoding consists of: a header, codebooks, and rows of indices that each start at a byte.</summary>
internal static class SharedLayout
{
    internal const int FewestBits = 2;
    internal const int MostBits = 8;
    internal const int FewestEntries = 2;

    /// <summary>The most codebooks that the header can hold.</summary>
    internal const int MostCodebooks = 65535;

    /// <summary>The bytes of a row of indices.</summary>
    internal static long RowBytes(long elements, int bits)
    {
        return ((elements * bits) + 7) / 8;
    }

    /// <summary>The bytes of a tensor.</summary>
    /// <param name="rows">The size of its first dimension; 1 for a scalar.</param>
    /// <param name="rowElements">The elements with the same index there.</param>
    /// <param name="bits">The bits of an index.</param>
    /// <param name="entries">The entries of a codebook.</param>
    /// <param name="codebooks">The number of codebooks.</param>
    internal static long Bytes(int rows, long rowElements, int bits, int entries, int codebooks)
    {
        return ModelLayout.SharedData + ((long)codebooks * entries) + (rows * RowBytes(rowElements, bits));
    }
}
