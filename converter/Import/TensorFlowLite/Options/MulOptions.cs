using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of MUL.</summary>
internal sealed record MulOptions(TfliteActivation Activation)
    : TfliteOptions, ITfliteOptions<MulOptions>
{
    public static byte UnionType => 21;

    public static MulOptions Read(FlatBufferTable table) => new(table.Activation(0));
}
