namespace EdgeQuant.Converter.Import.Onnx.Reading;

/// <summary>How the value of a field is written.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Length = 2,
    Fixed32 = 5,
}
