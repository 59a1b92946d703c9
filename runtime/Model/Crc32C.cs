namespace EdgeQuant.Runtime.Model;

/// <summary>
/// CRC-32C (Castagnoli; RFC 3720, appendix B.4): reflected polynomial 0x82F63B78, start and final exclusive-or 0xFFFFFFFF.
/// </summary>
internal static class Crc32C
{
    /// <summary>The value to start from; pass each result on, then <see cref="Finish"/>.</summary>
    internal const uint Start = 0xFFFFFFFF;

    internal static uint Append(uint crc, byte value)
    {
#if NANOFRAMEWORK
        crc ^= value;
        for (int bit = 0; bit < 8; bit++)
        {
            crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1;
        }

        return crc;
#else
        return System.Numerics.BitOperations.Crc32C(crc, value);
#endif
    }

    internal static uint Append(uint crc, byte[] bytes, int start, int count)
    {
        int end = start + count;
#if NANOFRAMEWORK
        int[] table = Table;
        for (int i = start; i < end; i++)
        {
            crc = (crc >> 8) ^ (uint)table[(int)((crc ^ bytes[i]) & 0xFF)];
        }
#else
        for (; start + 8 <= end; start += 8)
        {
            crc = System.Numerics.BitOperations.Crc32C(crc, System.BitConverter.ToUInt64(bytes, start));
        }

        for (; start < end; start++)
        {
            crc = System.Numerics.BitOperations.Crc32C(crc, bytes[start]);
        }
#endif
        return crc;
    }

    internal static uint Finish(uint crc)
    {
        return crc ^ 0xFFFFFFFF;
    }

#if NANOFRAMEWORK
    private const uint Polynomial = 0x82F63B78;

    private static readonly int[] Table = MakeTable();

    private static int[] MakeTable()
    {
        int[] table = new int[256];
        for (int i = 0; i < 256; i++)
        {
            table[i] = (int)Append(0, (byte)i);
        }

        return table;
    }
#endif
}
