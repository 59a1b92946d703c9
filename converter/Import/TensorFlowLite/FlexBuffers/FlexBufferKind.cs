namespace EdgeQuant.Converter.Import.TensorFlowLite.FlexBuffers;

/// <summary>What a FlexBuffers value is, of those that options are made of. The numbers are the format's.</summary>
internal enum FlexBufferKind
{
    Integer = 1,
    Unsigned = 2,
    IndirectInteger = 6,
    IndirectUnsigned = 7,
    Map = 9,
    Bool = 26,
}
