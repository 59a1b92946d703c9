using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of MEAN, SUM and REDUCE_*.</summary>
/// <param name="KeepDimensions">Reduced dimensions stay, with extent 1.</param>
internal sealed record ReducerOptions(bool KeepDimensions)
    : TfliteOptions, ITfliteOptions<ReducerOptions>
{
    public static byte UnionType => 27;

    public static ReducerOptions Read(FlatBufferTable table) => new(table.Bool(0, "keep_dims"));
}
