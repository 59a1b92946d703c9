using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of L2_NORMALIZATION.</summary>
internal sealed record L2NormOptions(TfliteActivation Activation)
    : TfliteOptions, ITfliteOptions<L2NormOptions>
{
    public static byte UnionType => 12;

    public static L2NormOptions Read(FlatBufferTable table) => new(table.Activation(0));
}
