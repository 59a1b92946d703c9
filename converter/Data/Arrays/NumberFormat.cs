using System.Buffers.Binary;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Data.Arrays;

/// <summary>How a file stores numbers.</summary>
/// <param name="Type">One of the types of <see cref="Types"/>.</param>
/// <param name="BigEndian">True if the most significant byte comes first.</param>
internal readonly record struct NumberFormat(DataType Type, bool BigEndian = false)
{
    /// <summary>The types that files can store, for messages.</summary>
    public const string Types = "bool, int8, uint8, int16, uint16, int32, uint32, int64, uint64, float16, float32, float64";

    /// <summary>Bytes of a number.</summary>
    public int Size => Type.Bytes();

    /// <summary>Reads numbers.</summary>
    /// <param name="bytes">As many as the numbers need.</param>
    /// <param name="numbers">Gets the numbers; 64-bit integers as the nearest real number.</param>
    public void Decode(ReadOnlySpan<byte> bytes, Span<double> numbers)
    {
        int size = Size;
        if (size == 1)
        {
            DecodeBytes(bytes, numbers);
            return;
        }

        for (int i = 0; i < numbers.Length; i++)
        {
            ReadOnlySpan<byte> number = bytes.Slice(i * size, size);
            numbers[i] = BigEndian ? OfBigEndian(number) : OfLittleEndian(number);
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        return Type.ToString().ToLowerInvariant();
    }

    private void DecodeBytes(ReadOnlySpan<byte> bytes, Span<double> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Type switch
            {
                DataType.Int8 => (sbyte)bytes[i],
                DataType.Bool => bytes[i] == 0 ? 0 : 1,
                _ => bytes[i],
            };
        }
    }

    private double OfLittleEndian(ReadOnlySpan<byte> number)
    {
        return Type switch
        {
            DataType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(number),
            DataType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(number),
            DataType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(number),
            DataType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(number),
            DataType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(number),
            DataType.UInt64 => BinaryPrimitives.ReadUInt64LittleEndian(number),
            DataType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(number),
            DataType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(number),
            _ => BinaryPrimitives.ReadDoubleLittleEndian(number),
        };
    }

    private double OfBigEndian(ReadOnlySpan<byte> number)
    {
        return Type switch
        {
            DataType.Int16 => BinaryPrimitives.ReadInt16BigEndian(number),
            DataType.UInt16 => BinaryPrimitives.ReadUInt16BigEndian(number),
            DataType.Int32 => BinaryPrimitives.ReadInt32BigEndian(number),
            DataType.UInt32 => BinaryPrimitives.ReadUInt32BigEndian(number),
            DataType.Int64 => BinaryPrimitives.ReadInt64BigEndian(number),
            DataType.UInt64 => BinaryPrimitives.ReadUInt64BigEndian(number),
            DataType.Float16 => (double)BinaryPrimitives.ReadHalfBigEndian(number),
            DataType.Float32 => BinaryPrimitives.ReadSingleBigEndian(number),
            _ => BinaryPrimitives.ReadDoubleBigEndian(number),
        };
    }
}
