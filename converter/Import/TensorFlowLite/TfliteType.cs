namespace EdgeQuant.Converter.Import.TensorFlowLite;

/// <summary>
/// Element types, numbered as <c>TensorType</c> of TensorFlow Lite's schema. A file newer than this list may hold other numbers: they are
/// kept as they are, for the importer to refuse by tensor.
/// </summary>
internal enum TfliteType : sbyte
{
    Float32 = 0,
    Float16 = 1,
    Int32 = 2,
    UInt8 = 3,
    Int64 = 4,
    String = 5,
    Bool = 6,
    Int16 = 7,
    Complex64 = 8,
    Int8 = 9,
    Float64 = 10,
    Complex128 = 11,
    UInt64 = 12,
    Resource = 13,
    Variant = 14,
    UInt32 = 15,
    UInt16 = 16,
    Int4 = 17,
    BFloat16 = 18,
    Int2 = 19,
    UInt4 = 20,
}
