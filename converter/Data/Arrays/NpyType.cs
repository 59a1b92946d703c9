using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Data.Arrays;

/// <summary>NumPy's names of types: byte order, kind, bytes (<c>&lt;f4</c>).</summary>
internal static class NpyType
{
    private const string Allowed = $"numbers: {NumberFormat.Types}";

    /// <summary>The type that a name means.</summary>
    public static NumberFormat Of(string file, string name)
    {
        bool hasOrder = name.Length > 0 && name[0] is '<' or '>' or '|' or '=';
        DataType? type = (hasOrder ? name[1..] : name) switch
        {
            "b1" or "?" => DataType.Bool,
            "i1" => DataType.Int8,
            "u1" => DataType.UInt8,
            "i2" => DataType.Int16,
            "u2" => DataType.UInt16,
            "i4" => DataType.Int32,
            "u4" => DataType.UInt32,
            "i8" => DataType.Int64,
            "u8" => DataType.UInt64,
            "f2" => DataType.Float16,
            "f4" => DataType.Float32,
            "f8" => DataType.Float64,
            _ => null,
        };
        return type is DataType known
            ? new NumberFormat(known, BigEndian: name[0] == '>')
            : throw new DataException(file, "the type of its numbers", $"'{name}'", Allowed, "Save it as numbers: array.astype('float32').");
    }
}
