using System.Buffers.Binary;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Host.Kernels;

/// <summary>Single elements of integer tensors as 64-bit integers, little endian in memory.</summary>
internal static class Elements
{
    /// <summary>True for the types that <see cref="Read"/> and <see cref="Write"/> know.</summary>
    public static bool IsInteger(DataType type)
    {
        return type is DataType.Int8 or DataType.UInt8 or DataType.Bool or DataType.Int16 or DataType.Int32 or DataType.UInt32 or DataType.Int64;
    }

    public static long Read(ReadOnlySpan<byte> tensor, DataType type, int index)
    {
        ReadOnlySpan<byte> element = tensor[(index * type.Bytes())..];
        return type switch
        {
            DataType.Int8 => (sbyte)element[0],
            DataType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(element),
            DataType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(element),
            DataType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(element),
            DataType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(element),
            _ => element[0],
        };
    }

    /// <summary>Writes the low bits of a value.</summary>
    public static void Write(Span<byte> tensor, DataType type, int index, long value)
    {
        Span<byte> element = tensor[(index * type.Bytes())..];
        switch (type.Bytes())
        {
            case 1: element[0] = unchecked((byte)value); break;
            case 2: BinaryPrimitives.WriteInt16LittleEndian(element, unchecked((short)value)); break;
            case 4: BinaryPrimitives.WriteInt32LittleEndian(element, unchecked((int)value)); break;
            default: BinaryPrimitives.WriteInt64LittleEndian(element, value); break;
        }
    }
}
