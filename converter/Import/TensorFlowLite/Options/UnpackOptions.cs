using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of UNPACK.</summary>
/// <param name="Count">How many outputs there are; unchecked.</param>
/// <param name="Axis">Counted from the last of the input if negative; unchecked.</param>
internal sealed record UnpackOptions(int Count, int Axis)
    : TfliteOptions, ITfliteOptions<UnpackOptions>
{
    public static byte UnionType => 64;

    public static UnpackOptions Read(FlatBufferTable table) => new(
        Count: table.Int32(0, "num"),
        Axis: table.Int32(1, "axis"));
}
