using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of SPLIT_V.</summary>
/// <param name="SplitCount">Unchecked.</param>
internal sealed record SplitVOptions(int SplitCount)
    : TfliteOptions, ITfliteOptions<SplitVOptions>
{
    public static byte UnionType => 79;

    public static SplitVOptions Read(FlatBufferTable table) => new(table.Int32(0, "num_splits"));
}
