using System.Buffers.Binary;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Host.Kernels;

/// <summary>Single elements of tensors of any type as numbers, little endian in memory; without scale and zero point.</summary>
internal static class Numbers
{
    public static double Read(ReadOnlySpan<byte> tensor, DataType type, int index)
    {
        ReadOnlySpan<byte> element = tensor[(index * type.Bytes())..];
        return type switch
        {
            DataType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(element),
            DataType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(element),
            DataType.Float64 => BinaryPrimitives.ReadDoubleLittleEndian(element),
            DataType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(element),
            DataType.UInt64 => BinaryPrimitives.ReadUInt64LittleEndian(element),
            _ => Elements.Read(tensor, type, index),
        };
    }

    /// <summary>Writes the nearest number that the type has, ties away from zero; integers outside of its range become its smallest or largest.</summary>
    public static void Write(Span<byte> tensor, DataType type, int index, double value)
    {
        Span<byte> element = tensor[(index * type.Bytes())..];
        switch (type)
        {
            case DataType.Float32: BinaryPrimitives.WriteSingleLittleEndian(element, (float)value); break;
            case DataType.Float16: BinaryPrimitives.WriteHalfLittleEndian(element, (Half)value); break;
            case DataType.Float64: BinaryPrimitives.WriteDoubleLittleEndian(element, value); break;
            case DataType.UInt16: BinaryPrimitives.WriteUInt16LittleEndian(element, (ushort)Math.Clamp(Whole(value), ushort.MinValue, ushort.MaxValue)); break;
            case DataType.UInt64: BinaryPrimitives.WriteUInt64LittleEndian(element, (ulong)Math.Max(0, Whole(value))); break;
            default: Elements.Write(tensor, type, index, InRange(type, Whole(value))); break;
        }
    }

    private static long Whole(double value)
    {
        // Conversions of .NET saturate, and make 0 of NaN.
        return (long)Math.Round(value, MidpointRounding.AwayFromZero);
    }

    private static long InRange(DataType type, long value)
    {
        return type switch
        {
            DataType.Int8 => Math.Clamp(value, sbyte.MinValue, sbyte.MaxValue),
            DataType.UInt8 => Math.Clamp(value, byte.MinValue, byte.MaxValue),
            DataType.Int16 => Math.Clamp(value, short.MinValue, short.MaxValue),
            DataType.Int32 => Math.Clamp(value, int.MinValue, int.MaxValue),
            DataType.UInt32 => Math.Clamp(value, uint.MinValue, uint.MaxValue),
            DataType.Bool => value == 0 ? 0 : 1,
            _ => value,
        };
    }
}
