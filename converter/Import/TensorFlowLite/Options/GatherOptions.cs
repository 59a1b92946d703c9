using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of GATHER.</summary>
/// <param name="Axis">Counted from the last if negative; unchecked.</param>
/// <param name="BatchDimensions">How many leading dimensions both inputs share; unchecked.</param>
internal sealed record GatherOptions(int Axis, int BatchDimensions)
    : TfliteOptions, ITfliteOptions<GatherOptions>
{
    public static byte UnionType => 23;

    public static GatherOptions Read(FlatBufferTable table) => new(
        Axis: table.Int32(0, "axis"),
        BatchDimensions: table.Int32(1, "batch_dims"));
}
