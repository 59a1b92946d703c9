using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of RESIZE_NEAREST_NEIGHBOR.</summary>
internal sealed record ResizeNearestNeighborOptions(bool AlignCorners, bool HalfPixelCenters)
    : TfliteOptions, ITfliteOptions<ResizeNearestNeighborOptions>
{
    public static byte UnionType => 74;

    public static ResizeNearestNeighborOptions Read(FlatBufferTable table) => new(
        AlignCorners: table.Bool(0, "align_corners"),
        HalfPixelCenters: table.Bool(1, "half_pixel_centers"));
}
