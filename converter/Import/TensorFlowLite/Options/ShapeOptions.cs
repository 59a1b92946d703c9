using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of SHAPE.</summary>
internal sealed record ShapeOptions(TfliteType OutputType)
    : TfliteOptions, ITfliteOptions<ShapeOptions>
{
    public static byte UnionType => 55;

    public static ShapeOptions Read(FlatBufferTable table) => new(table.Type(0, "out_type"));
}
