using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of AVERAGE_POOL_2D, MAX_POOL_2D and L2_POOL_2D. Numbers are the file's own, unchecked.</summary>
/// <param name="Padding">What happens at the border.</param>
/// <param name="StrideWidth">Step along the width.</param>
/// <param name="StrideHeight">Step along the height.</param>
/// <param name="FilterWidth">Extent of the window along the width.</param>
/// <param name="FilterHeight">Extent of the window along the height.</param>
/// <param name="Activation">Applied to the result.</param>
internal sealed record Pool2DOptions(
    TflitePadding Padding,
    int StrideWidth,
    int StrideHeight,
    int FilterWidth,
    int FilterHeight,
    TfliteActivation Activation)
    : TfliteOptions, ITfliteOptions<Pool2DOptions>
{
    public static byte UnionType => 5;

    public static Pool2DOptions Read(FlatBufferTable table) => new(
        Padding: table.Padding(0),
        StrideWidth: table.Int32(1, "stride_w"),
        StrideHeight: table.Int32(2, "stride_h"),
        FilterWidth: table.Int32(3, "filter_width"),
        FilterHeight: table.Int32(4, "filter_height"),
        Activation: table.Activation(5));
}
