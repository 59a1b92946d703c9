using System.Collections.Immutable;
using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of SQUEEZE.</summary>
/// <param name="Dimensions">What to take out, counted from the last if negative, unchecked; empty for all of extent 1.</param>
internal sealed record SqueezeOptions(ImmutableArray<int> Dimensions)
    : TfliteOptions, ITfliteOptions<SqueezeOptions>
{
    public static byte UnionType => 30;

    public static SqueezeOptions Read(FlatBufferTable table) => new(table.Int32Vector(0, "squeeze_dims"));
}
