using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of MIRROR_PAD.</summary>
internal sealed record MirrorPadOptions(TfliteMirrorPadMode Mode)
    : TfliteOptions, ITfliteOptions<MirrorPadOptions>
{
    public static byte UnionType => 77;

    public static MirrorPadOptions Read(FlatBufferTable table) => new(table.MirrorPadMode(0));
}
