using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Import.TensorFlowLite.Options;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Operators;

/// <summary>RESIZE_BILINEAR and RESIZE_NEAREST_NEIGHBOR.</summary>
internal static class ResizeImport
{
    public static Operation Bilinear(ImportContext context)
    {
        ResizeBilinearOptions options = context.Options<ResizeBilinearOptions>();
        return new ResizeBilinear(options.AlignCorners, options.HalfPixelCenters);
    }

    public static Operation NearestNeighbor(ImportContext context)
    {
        ResizeNearestNeighborOptions options = context.Options<ResizeNearestNeighborOptions>();
        return new ResizeNearestNeighbor(options.AlignCorners, options.HalfPixelCenters);
    }
}
