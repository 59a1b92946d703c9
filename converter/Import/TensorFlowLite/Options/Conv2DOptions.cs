using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of CONV_2D. Numbers are the file's own, unchecked.</summary>
/// <param name="Padding">What happens at the border.</param>
/// <param name="StrideWidth">Step along the width.</param>
/// <param name="StrideHeight">Step along the height.</param>
/// <param name="Activation">Applied to the result.</param>
/// <param name="DilationWidth">Distance between taps along the width; 1 for neighbours.</param>
/// <param name="DilationHeight">Distance between taps along the height; 1 for neighbours.</param>
/// <param name="BiasType">Type of bias and accumulator; <see cref="TfliteType.Float32"/>, the default, leaves it to the operator.</param>
internal sealed record Conv2DOptions(
    TflitePadding Padding,
    int StrideWidth,
    int StrideHeight,
    TfliteActivation Activation,
    int DilationWidth,
    int DilationHeight,
    TfliteType BiasType)
    : TfliteOptions, ITfliteOptions<Conv2DOptions>
{
    public static byte UnionType => 1;

    public static Conv2DOptions Read(FlatBufferTable table) => new(
        Padding: table.Padding(0),
        StrideWidth: table.Int32(1, "stride_w"),
        StrideHeight: table.Int32(2, "stride_h"),
        Activation: table.Activation(3),
        DilationWidth: table.Int32(4, "dilation_w_factor", ifAbsent: 1),
        DilationHeight: table.Int32(5, "dilation_h_factor", ifAbsent: 1),
        BiasType: table.Type(6, "quantized_bias_type"));
}
