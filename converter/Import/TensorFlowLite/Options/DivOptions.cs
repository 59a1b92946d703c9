using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of DIV.</summary>
internal sealed record DivOptions(TfliteActivation Activation)
    : TfliteOptions, ITfliteOptions<DivOptions>
{
    public static byte UnionType => 29;

    public static DivOptions Read(FlatBufferTable table) => new(table.Activation(0));
}
