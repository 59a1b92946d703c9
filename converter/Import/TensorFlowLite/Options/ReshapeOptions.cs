using System.Collections.Immutable;
using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of RESHAPE.</summary>
/// <param name="NewShape">Used where the operator has no second input; may hold one -1; unchecked.</param>
internal sealed record ReshapeOptions(ImmutableArray<int> NewShape)
    : TfliteOptions, ITfliteOptions<ReshapeOptions>
{
    public static byte UnionType => 17;

    public static ReshapeOptions Read(FlatBufferTable table) => new(table.Int32Vector(0, "new_shape"));
}
