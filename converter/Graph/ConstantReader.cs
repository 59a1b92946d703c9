using System.Buffers.Binary;

namespace EdgeQuant.Converter.Graph;

/// <summary>Reads constants that steer operations: axes, shapes, permutations, paddings.</summary>
internal static class ConstantReader
{
    /// <summary>The elements of an integer constant; null if the tensor is absent, no constant, or of no integer type.</summary>
    public static long[]? ConstantLongs(Tensor? tensor)
    {
        if (tensor is null)
        {
            return null;
        }

        int size = tensor.Type switch
        {
            DataType.Int8 or DataType.UInt8 or DataType.Bool => 1,
            DataType.Int16 or DataType.UInt16 => 2,
            DataType.Int32 or DataType.UInt32 => 4,
            DataType.Int64 => 8,
            _ => 0,
        };

        // A tensor without elements has no bytes to be a constant by, but its elements are known all the same.
        int count = tensor.ElementCount;
        ReadOnlySpan<byte> bytes = tensor.Data is ReadOnlyMemory<byte> data ? data.Span : [];
        if (size == 0 || bytes.Length != (long)size * count)
        {
            return null;
        }

        long[] values = new long[count];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> element = bytes.Slice(i * size, size);
            values[i] = tensor.Type switch
            {
                DataType.Int8 => (sbyte)element[0],
                DataType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(element),
                DataType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(element),
                DataType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(element),
                DataType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(element),
                DataType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(element),
                _ => element[0],
            };
        }

        return values;
    }

    /// <summary>
    /// The elements of an integer constant, those beyond 32 bits taken as the nearest 32-bit value; null if the tensor is absent, no constant,
    /// or of no integer type.
    /// </summary>
    public static int[]? ConstantInts(Tensor? tensor)
    {
        long[]? values = ConstantLongs(tensor);
        return values is null ? null : Array.ConvertAll(values, value => (int)Math.Clamp(value, int.MinValue, int.MaxValue));
    }
}
