using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of ARG_MIN.</summary>
internal sealed record ArgMinOptions(TfliteType OutputType)
    : TfliteOptions, ITfliteOptions<ArgMinOptions>
{
    public static byte UnionType => 57;

    public static ArgMinOptions Read(FlatBufferTable table) => new(table.Type(0, "output_type"));
}
