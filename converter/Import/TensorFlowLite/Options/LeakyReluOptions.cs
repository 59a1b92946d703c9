using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of LEAKY_RELU.</summary>
/// <param name="Alpha">Slope for negative inputs; unchecked.</param>
internal sealed record LeakyReluOptions(float Alpha)
    : TfliteOptions, ITfliteOptions<LeakyReluOptions>
{
    public static byte UnionType => 75;

    public static LeakyReluOptions Read(FlatBufferTable table) => new(table.Float32(0, "alpha"));
}
