using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of CAST; the tensors' own types are what counts.</summary>
internal sealed record CastOptions(TfliteType InputType, TfliteType OutputType)
    : TfliteOptions, ITfliteOptions<CastOptions>
{
    public static byte UnionType => 37;

    public static CastOptions Read(FlatBufferTable table) => new(
        InputType: table.Type(0, "in_data_type"),
        OutputType: table.Type(1, "out_data_type"));
}
