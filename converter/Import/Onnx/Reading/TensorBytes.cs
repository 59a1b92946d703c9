using System.Buffers.Binary;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Import.Onnx.Protocol;
using ElementType = EdgeQuant.Converter.Import.Onnx.Protocol.TensorProto.Types.DataType;

namespace EdgeQuant.Converter.Import.Onnx.Reading;

/// <summary>
/// The elements of an ONNX tensor as the graph holds them. All real numbers become 32-bit ones, whatever their precision in the file; uint4
/// becomes uint8.
/// </summary>
internal static class TensorBytes
{
    /// <summary>The type in the graph; null if it has none like it.</summary>
    public static DataType? TypeOf(int type)
    {
        return (ElementType)type switch
        {
            ElementType.Float or ElementType.Float16 or ElementType.Bfloat16 or ElementType.Double => DataType.Float32,
            ElementType.Int4 => DataType.Int4,
            ElementType.Int8 => DataType.Int8,
            ElementType.Uint4 or ElementType.Uint8 => DataType.UInt8,
            ElementType.Int16 => DataType.Int16,
            ElementType.Uint16 => DataType.UInt16,
            ElementType.Int32 => DataType.Int32,
            ElementType.Uint32 => DataType.UInt32,
            ElementType.Int64 => DataType.Int64,
            ElementType.Uint64 => DataType.UInt64,
            ElementType.Bool => DataType.Bool,
            _ => null,
        };
    }

    /// <summary>The type's name for messages.</summary>
    public static string NameOf(int type)
    {
        return Enum.IsDefined((ElementType)type) ? ((ElementType)type).ToString().ToLowerInvariant() : $"type {type}";
    }

    /// <summary>Asks whether a tensor that is stored in the file has the elements that its shape and type need.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="place">Where it stands, for the message.</param>
    /// <exception cref="OnnxFormatException">It has not.</exception>
    public static void Check(TensorProto tensor, string place)
    {
        long elements = 1;
        foreach (long size in tensor.Dims)
        {
            elements = size < 0 || size > int.MaxValue ? -1 : Math.Min(elements * size, 1L << 31);
            if (elements is < 0 or > int.MaxValue)
            {
                throw new OnnxFormatException($"{place}: found the shape {Shapes.Text(tensor.Dims)}; sizes are 0 or more, with at most {int.MaxValue} elements together.");
            }
        }

        if (IsElsewhere(tensor) || TypeOf(tensor.DataType) is null)
        {
            return;
        }

        ElementType type = (ElementType)tensor.DataType;
        long needed = type is ElementType.Int4 or ElementType.Uint4 ? (elements + 1) / 2 : elements;
        int width = WidthOf(type);
        if (!tensor.RawData.IsEmpty || (needed == 0 && TypedCount(tensor, type) == 0))
        {
            Require(tensor.RawData.Length == needed * width, $"{tensor.RawData.Length} bytes of raw_data", $"{needed * width}");
            return;
        }

        Require(TypedCount(tensor, type) == needed, $"{TypedCount(tensor, type)} elements", $"{needed}");

        void Require(bool condition, string found, string allowed)
        {
            if (!condition)
            {
                throw new OnnxFormatException($"{place}: found {found}; {NameOf(tensor.DataType)}{Shapes.Text(tensor.Dims)} needs {allowed}.");
            }
        }
    }

    /// <summary>True if the elements are not in the file, or only a part of them is in this tensor.</summary>
    public static bool IsElsewhere(TensorProto tensor)
    {
        return tensor.DataLocation == TensorProto.Types.DataLocation.External || tensor.ExternalData.Count > 0 || tensor.Segment is not null;
    }

    /// <summary>The bytes of a tensor that has been checked.</summary>
    public static ReadOnlyMemory<byte> Of(TensorProto tensor)
    {
        ElementType type = (ElementType)tensor.DataType;
        ReadOnlyMemory<byte> stored = tensor.RawData.IsEmpty ? Typed(tensor, type) : tensor.RawData.Memory;
        int elements = tensor.Dims.Aggregate(1, (product, size) => product * (int)size);
        return type switch
        {
            ElementType.Float16 => Converted(stored.Span, elements, sizeof(ushort), bytes => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes)),
            ElementType.Bfloat16 => Converted(stored.Span, elements, sizeof(ushort), bytes => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16)),
            ElementType.Double => Converted(stored.Span, elements, sizeof(double), bytes => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
            ElementType.Uint4 => Nibbles(stored.Span, elements),
            _ => stored,
        };
    }

    private static byte[] Converted(ReadOnlySpan<byte> stored, int elements, int width, ReadElement read)
    {
        byte[] bytes = new byte[elements * sizeof(float)];
        for (int i = 0; i < elements; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), read(stored.Slice(i * width, width)));
        }

        return bytes;
    }

    private static byte[] Nibbles(ReadOnlySpan<byte> stored, int elements)
    {
        byte[] bytes = new byte[elements];
        for (int i = 0; i < elements; i++)
        {
            bytes[i] = (byte)((stored[i / 2] >> (4 * (i % 2))) & 15);
        }

        return bytes;
    }

    private static byte[] Typed(TensorProto tensor, ElementType type)
    {
        int width = WidthOf(type);
        int count = TypedCount(tensor, type);
        byte[] bytes = new byte[count * width];
        Span<byte> element = stackalloc byte[sizeof(ulong)];
        for (int i = 0; i < count; i++)
        {
            switch (type)
            {
                case ElementType.Float: BinaryPrimitives.WriteSingleLittleEndian(element, tensor.FloatData[i]); break;
                case ElementType.Double: BinaryPrimitives.WriteDoubleLittleEndian(element, tensor.DoubleData[i]); break;
                case ElementType.Int64: BinaryPrimitives.WriteInt64LittleEndian(element, tensor.Int64Data[i]); break;
                case ElementType.Uint32 or ElementType.Uint64: BinaryPrimitives.WriteUInt64LittleEndian(element, tensor.Uint64Data[i]); break;
                default: BinaryPrimitives.WriteInt32LittleEndian(element, tensor.Int32Data[i]); break;
            }

            element[..width].CopyTo(bytes.AsSpan(i * width));
        }

        return bytes;
    }

    /// <summary>The numbers in the field that the type's elements stand in where they are not raw.</summary>
    private static int TypedCount(TensorProto tensor, ElementType type)
    {
        return type switch
        {
            ElementType.Float => tensor.FloatData.Count,
            ElementType.Double => tensor.DoubleData.Count,
            ElementType.Int64 => tensor.Int64Data.Count,
            ElementType.Uint32 or ElementType.Uint64 => tensor.Uint64Data.Count,
            _ => tensor.Int32Data.Count,
        };
    }

    /// <summary>Bytes of a stored element; of two for 4-bit types.</summary>
    private static int WidthOf(ElementType type)
    {
        return type switch
        {
            ElementType.Double or ElementType.Int64 or ElementType.Uint64 => 8,
            ElementType.Float or ElementType.Int32 or ElementType.Uint32 => 4,
            ElementType.Float16 or ElementType.Bfloat16 or ElementType.Int16 or ElementType.Uint16 => 2,
            _ => 1,
        };
    }

    private delegate float ReadElement(ReadOnlySpan<byte> bytes);
}
