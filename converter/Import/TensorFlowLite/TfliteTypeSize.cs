namespace EdgeQuant.Converter.Import.TensorFlowLite;

/// <summary>How much room the elements of a type take in a constant's data.</summary>
internal static class TfliteTypeSize
{
    /// <summary>Bits an element, or 0 where a type has no fixed size (string, resource, variant, types newer than this list).</summary>
    public static int BitsPerElement(this TfliteType type) => type switch
    {
        TfliteType.Int2 => 2,
        TfliteType.Int4 or TfliteType.UInt4 => 4,
        TfliteType.Int8 or TfliteType.UInt8 or TfliteType.Bool => 8,
        TfliteType.Int16 or TfliteType.UInt16 or TfliteType.Float16 or TfliteType.BFloat16 => 16,
        TfliteType.Int32 or TfliteType.UInt32 or TfliteType.Float32 => 32,
        TfliteType.Int64 or TfliteType.UInt64 or TfliteType.Float64 or TfliteType.Complex64 => 64,
        TfliteType.Complex128 => 128,
        _ => 0,
    };

    /// <summary>Bytes that <paramref name="elements"/> packed elements take; elements below a byte share bytes, the last one filled up.</summary>
    public static long BytesFor(this TfliteType type, long elements) => ((elements * type.BitsPerElement()) + 7) / 8;
}
