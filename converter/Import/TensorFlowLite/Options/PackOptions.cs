using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of PACK.</summary>
/// <param name="ValuesCount">How many inputs there are; unchecked.</param>
/// <param name="Axis">Counted from the last of the output if negative; unchecked.</param>
internal sealed record PackOptions(int ValuesCount, int Axis)
    : TfliteOptions, ITfliteOptions<PackOptions>
{
    public static byte UnionType => 59;

    public static PackOptions Read(FlatBufferTable table) => new(
        ValuesCount: table.Int32(0, "values_count"),
        Axis: table.Int32(1, "axis"));
}
