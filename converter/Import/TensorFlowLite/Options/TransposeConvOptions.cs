using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of TRANSPOSE_CONV. Numbers are the file's own, unchecked.</summary>
/// <param name="Padding">What happens at the border.</param>
/// <param name="StrideWidth">Step along the width.</param>
/// <param name="StrideHeight">Step along the height.</param>
/// <param name="Activation">Applied to the result.</param>
/// <param name="BiasType">Type of bias and accumulator; <see cref="TfliteType.Float32"/>, the default, leaves it to the operator.</param>
internal sealed record TransposeConvOptions(
    TflitePadding Padding,
    int StrideWidth,
    int StrideHeight,
    TfliteActivation Activation,
    TfliteType BiasType)
    : TfliteOptions, ITfliteOptions<TransposeConvOptions>
{
    public static byte UnionType => 49;

    public static TransposeConvOptions Read(FlatBufferTable table) => new(
        Padding: table.Padding(0),
        StrideWidth: table.Int32(1, "stride_w"),
        StrideHeight: table.Int32(2, "stride_h"),
        Activation: table.Activation(3),
        BiasType: table.Type(4, "quantized_bias_type"));
}
