using System.Buffers.Binary;

namespace EdgeQuant.Converter.Graph;

/// <summary>Writes integers as a constant's bytes; <see cref="ConstantReader"/> reads them.</summary>
internal static class IntegerConstant
{
    /// <summary>The elements, little endian, each cut to the width of the type; null if it is no integer type.</summary>
    public static byte[]? Bytes(DataType type, IReadOnlyList<long> values)
    {
        if (type is not (DataType.Int8 or DataType.UInt8 or DataType.Int16 or DataType.UInt16 or DataType.Int32 or DataType.UInt32 or DataType.Int64 or DataType.Bool))
        {
            return null;
        }

        int size = type.Bytes();
        byte[] bytes = new byte[values.Count * size];
        Span<byte> element = stackalloc byte[sizeof(long)];
        for (int i = 0; i < values.Count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(element, type == DataType.Bool && values[i] != 0 ? 1 : values[i]);
            element[..size].CopyTo(bytes.AsSpan(i * size));
        }

        return bytes;
    }
}
