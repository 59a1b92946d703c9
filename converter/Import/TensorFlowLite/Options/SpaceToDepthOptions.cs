using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of SPACE_TO_DEPTH.</summary>
/// <param name="BlockSize">Unchecked.</param>
internal sealed record SpaceToDepthOptions(int BlockSize)
    : TfliteOptions, ITfliteOptions<SpaceToDepthOptions>
{
    public static byte UnionType => 19;

    public static SpaceToDepthOptions Read(FlatBufferTable table) => new(table.Int32(0, "block_size"));
}
