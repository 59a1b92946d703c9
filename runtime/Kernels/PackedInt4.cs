namespace EdgeQuant.Runtime.Kernels;

/// <summary>Elements of 4 bits, two a byte, the first in the low nibble (TensorFlow Lite's INT4).</summary>
internal static class PackedInt4
{
    /// <summary>The element at an index, -8 to 7.</summary>
    internal static int Element(ReadOnlyInt8Vector packed, int index)
    {
        int value = packed[index >> 1];
        return (index & 1) == 0 ? (value << 28) >> 28 : value >> 4;
    }

    /// <summary>Unpacks as many elements as the output has, starting at any element.</summary>
    internal static void Unpack(ReadOnlyInt8Vector packed, int start, Int8Vector output)
    {
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = (sbyte)Element(packed, start + i);
        }
    }
}
