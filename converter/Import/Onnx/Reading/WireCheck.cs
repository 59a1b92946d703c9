using EdgeQuant.Converter.Import.Onnx.Protocol;
using Google.Protobuf.Reflection;

namespace EdgeQuant.Converter.Import.Onnx.Reading;

/// <summary>
/// Walks through a file as protobuf's reader will, before anything is allocated: every length lies inside of its message, every field is
/// written as its type is, and the messages are so many that they can be held.
/// </summary>
internal static class WireCheck
{
    /// <summary>The most messages in a file: each takes some hundred bytes of memory when it is read.</summary>
    public const int MostMessages = 1_000_000;

    /// <summary>True if bytes start as a model does: with fields that a model has, written as they are written.</summary>
    public static bool LooksLikeModel(ReadOnlySpan<byte> file)
    {
        const int Fields = 2;
        WireReader reader = new(file, 0, file.Length);
        for (int i = 0; i < Fields && (i == 0 || reader.Left > 0); i++)
        {
            if (!reader.TryVarint(out ulong tag)
                || tag > uint.MaxValue
                || ModelProto.Descriptor.FindFieldByNumber((int)(tag >> 3)) is not FieldDescriptor field
                || !WireTypes.Fits(field, (int)(tag & 7)))
            {
                return false;
            }

            if (!TryValue(ref reader, (int)(tag & 7), out _))
            {
                return true;
            }
        }

        return true;
    }

    /// <summary>Walks through the whole file.</summary>
    /// <exception cref="OnnxFormatException">It is malformed.</exception>
    public static void Run(ReadOnlySpan<byte> file)
    {
        int messages = 0;
        Message(file, new WireReader(file, 0, file.Length), ModelProto.Descriptor, null, ref messages);
    }

    /// <summary>None of our messages holds another of its kind, so that this goes no deeper than their definition.</summary>
    private static void Message(ReadOnlySpan<byte> file, WireReader reader, MessageDescriptor type, WirePlace? place, ref int messages)
    {
        if (++messages > MostMessages)
        {
            throw new OnnxFormatException($"{Describe(place, reader.At)}: found more than {MostMessages} messages in the file; allowed are {MostMessages}.");
        }

        Dictionary<int, int> counts = [];
        while (reader.Left > 0)
        {
            int start = reader.At;
            if (!reader.TryVarint(out ulong tag) || tag > uint.MaxValue || tag >> 3 == 0)
            {
                throw new OnnxFormatException($"{Describe(place, start)}: found no field; needed is a field of {type.Name}.");
            }

            int wire = (int)(tag & 7);
            FieldDescriptor? field = type.FindFieldByNumber((int)(tag >> 3));
            WirePlace here = PlaceOf(place, field, (int)(tag >> 3), counts);
            if (field is not null && !WireTypes.Fits(field, wire))
            {
                throw new OnnxFormatException($"{Describe(here, start)}: found wire type {wire}; it is no {field.FieldType.ToString().ToLowerInvariant()}.");
            }

            if (!TryValue(ref reader, wire, out int length))
            {
                throw new OnnxFormatException($"{Describe(here, start)}: found a value of wire type {wire} that does not end inside of {place?.ToString() ?? "the file"}.");
            }

            if (field?.FieldType == FieldType.Message)
            {
                Message(file, new WireReader(file, reader.At - length, reader.At), field.MessageType, here, ref messages);
            }
            else if (field is { IsRepeated: true } && wire == (int)WireType.Length && field.FieldType is not (FieldType.String or FieldType.Bytes))
            {
                Block(new WireReader(file, reader.At - length, reader.At), field, here);
            }
        }
    }

    /// <summary>Numbers in one block fill it.</summary>
    private static void Block(WireReader reader, FieldDescriptor field, WirePlace place)
    {
        int start = reader.At;
        int size = field.FieldType switch
        {
            FieldType.Float => sizeof(float),
            FieldType.Double => sizeof(double),
            _ => 0,
        };
        while (reader.Left > 0)
        {
            if (size > 0 ? !reader.TrySkip((ulong)size) : !reader.TryVarint(out _))
            {
                throw new OnnxFormatException($"{Describe(place, start)}: found a block that ends inside of a number; it holds whole numbers.");
            }
        }
    }

    /// <summary>Reads over a value.</summary>
    /// <param name="reader">What is read from.</param>
    /// <param name="wire">The wire type; groups (3 and 4) are in no ONNX file.</param>
    /// <param name="length">The bytes of a value that says its length, 0 for others.</param>
    private static bool TryValue(ref WireReader reader, int wire, out int length)
    {
        length = 0;
        switch ((WireType)wire)
        {
            case WireType.Varint: return reader.TryVarint(out _);
            case WireType.Fixed64: return reader.TrySkip(sizeof(ulong));
            case WireType.Fixed32: return reader.TrySkip(sizeof(uint));
            case WireType.Length when reader.TryVarint(out ulong bytes) && reader.TrySkip(bytes):
                length = (int)bytes;
                return true;
            default: return false;
        }
    }

    private static WirePlace PlaceOf(WirePlace? parent, FieldDescriptor? field, int number, Dictionary<int, int> counts)
    {
        if (field is null)
        {
            return new WirePlace(parent, $"field {number}", -1);
        }

        int index = field.IsRepeated ? counts.GetValueOrDefault(number) : -1;
        counts[number] = index + 1;
        return new WirePlace(parent, field.Name, index);
    }

    private static string Describe(WirePlace? place, int at)
    {
        return $"{place?.ToString() ?? "model"} at byte {at}";
    }
}
