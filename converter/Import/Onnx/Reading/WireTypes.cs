using Google.Protobuf.Reflection;

namespace EdgeQuant.Converter.Import.Onnx.Reading;

/// <summary>What is known of wire types.</summary>
internal static class WireTypes
{
    /// <summary>True if a field may be written so: repeated numbers also as one block.</summary>
    public static bool Fits(FieldDescriptor field, int found)
    {
        WireType own = Of(field.FieldType);
        return found == (int)own || (field.IsRepeated && own != WireType.Length && found == (int)WireType.Length);
    }

    private static WireType Of(FieldType type)
    {
        return type switch
        {
            FieldType.Double or FieldType.Fixed64 or FieldType.SFixed64 => WireType.Fixed64,
            FieldType.Float or FieldType.Fixed32 or FieldType.SFixed32 => WireType.Fixed32,
            FieldType.String or FieldType.Bytes or FieldType.Message => WireType.Length,
            _ => WireType.Varint,
        };
    }
}
