using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of DEPTH_TO_SPACE.</summary>
/// <param name="BlockSize">Unchecked.</param>
internal sealed record DepthToSpaceOptions(int BlockSize)
    : TfliteOptions, ITfliteOptions<DepthToSpaceOptions>
{
    public static byte UnionType => 94;

    public static DepthToSpaceOptions Read(FlatBufferTable table) => new(table.Int32(0, "block_size"));
}
