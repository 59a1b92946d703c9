using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of DEPTHWISE_CONV_2D. Numbers are the file's own, unchecked.</summary>
/// <param name="Padding">What happens at the border.</param>
/// <param name="StrideWidth">Step along the width.</param>
/// <param name="StrideHeight">Step along the height.</param>
/// <param name="DepthMultiplier">Output channels per input channel; redundant, for the shapes give it.</param>
/// <param name="Activation">Applied to the result.</param>
/// <param name="DilationWidth">Distance between taps along the width; 1 for neighbours.</param>
/// <param name="DilationHeight">Distance between taps along the height; 1 for neighbours.</param>
internal sealed record DepthwiseConv2DOptions(
    TflitePadding Padding,
    int StrideWidth,
    int StrideHeight,
    int DepthMultiplier,
    TfliteActivation Activation,
    int DilationWidth,
    int DilationHeight)
    : TfliteOptions, ITfliteOptions<DepthwiseConv2DOptions>
{
    public static byte UnionType => 2;

    public static DepthwiseConv2DOptions Read(FlatBufferTable table) => new(
        Padding: table.Padding(0),
        StrideWidth: table.Int32(1, "stride_w"),
        StrideHeight: table.Int32(2, "stride_h"),
        DepthMultiplier: table.Int32(3, "depth_multiplier"),
        Activation: table.Activation(4),
        DilationWidth: table.Int32(5, "dilation_w_factor", ifAbsent: 1),
        DilationHeight: table.Int32(6, "dilation_h_factor", ifAbsent: 1));
}
