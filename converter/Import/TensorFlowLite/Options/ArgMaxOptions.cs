using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of ARG_MAX.</summary>
internal sealed record ArgMaxOptions(TfliteType OutputType)
    : TfliteOptions, ITfliteOptions<ArgMaxOptions>
{
    public static byte UnionType => 40;

    public static ArgMaxOptions Read(FlatBufferTable table) => new(table.Type(0, "output_type"));
}
