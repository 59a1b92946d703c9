using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of RESIZE_BILINEAR. The schema's first two fields, the new size, are out of use: it is an input.</summary>
internal sealed record ResizeBilinearOptions(bool AlignCorners, bool HalfPixelCenters)
    : TfliteOptions, ITfliteOptions<ResizeBilinearOptions>
{
    public static byte UnionType => 15;

    public static ResizeBilinearOptions Read(FlatBufferTable table) => new(
        AlignCorners: table.Bool(2, "align_corners"),
        HalfPixelCenters: table.Bool(3, "half_pixel_centers"));
}
