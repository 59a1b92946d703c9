using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of SPLIT.</summary>
/// <param name="SplitCount">Unchecked.</param>
internal sealed record SplitOptions(int SplitCount)
    : TfliteOptions, ITfliteOptions<SplitOptions>
{
    public static byte UnionType => 35;

    public static SplitOptions Read(FlatBufferTable table) => new(table.Int32(0, "num_splits"));
}
