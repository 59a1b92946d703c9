using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of CONCATENATION.</summary>
/// <param name="Axis">Counted from the last if negative; unchecked.</param>
/// <param name="Activation">Applied to the result.</param>
internal sealed record ConcatenationOptions(int Axis, TfliteActivation Activation)
    : TfliteOptions, ITfliteOptions<ConcatenationOptions>
{
    public static byte UnionType => 10;

    public static ConcatenationOptions Read(FlatBufferTable table) => new(
        Axis: table.Int32(0, "axis"),
        Activation: table.Activation(1));
}
