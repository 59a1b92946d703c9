namespace EdgeQuant.Converter.Graph;

/// <summary>Elements of 4 bits, -8 to 7, two in a byte, the first one in the low bits.</summary>
internal static class Int4Elements
{
    /// <summary>The bytes of elements.</summary>
    public static byte[] Pack(ReadOnlySpan<sbyte> elements)
    {
        byte[] packed = new byte[(elements.Length + 1) / 2];
        for (int i = 0; i < elements.Length; i++)
        {
            packed[i / 2] |= (byte)((elements[i] & 0xF) << (i % 2 * 4));
        }

        return packed;
    }

    /// <summary>The elements of bytes.</summary>
    public static sbyte[] Unpack(ReadOnlySpan<byte> packed, int count)
    {
        sbyte[] elements = new sbyte[count];
        for (int i = 0; i < count; i++)
        {
            elements[i] = (sbyte)((sbyte)(packed[i / 2] << (i % 2 == 0 ? 4 : 0)) >> 4);
        }

        return elements;
    }
}
