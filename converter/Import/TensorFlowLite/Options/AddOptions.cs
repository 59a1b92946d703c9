using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of ADD.</summary>
/// <param name="Activation">Applied to the result.</param>
/// <param name="PowerOfTwoScaleInt16">The int16 form computes with scales that are powers of two.</param>
internal sealed record AddOptions(TfliteActivation Activation, bool PowerOfTwoScaleInt16)
    : TfliteOptions, ITfliteOptions<AddOptions>
{
    public static byte UnionType => 11;

    public static AddOptions Read(FlatBufferTable table) => new(
        Activation: table.Activation(0),
        PowerOfTwoScaleInt16: table.Bool(1, "pot_scale_int16", ifAbsent: true));
}
