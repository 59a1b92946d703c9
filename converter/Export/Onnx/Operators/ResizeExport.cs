using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Export.Onnx.Operators;

/// <summary>Resizing: where a pixel of the output lies in the input, and which neighbours count.</summary>
internal static class ResizeExport
{
    public static void Bilinear(Node node, ResizeBilinear operation, ExportContext context)
    {
        string coordinates = Coordinates(operation.AlignCorners, operation.HalfPixelCenters);
        Write(node, context, ("mode", "linear"), ("coordinate_transformation_mode", coordinates));
    }

    /// <summary>With corners aligned the nearest pixel counts, the later one of two; with half pixels that is the one that holds the position.</summary>
    public static void Nearest(Node node, ResizeNearestNeighbor operation, ExportContext context)
    {
        if (operation is { AlignCorners: true, HalfPixelCenters: true })
        {
            context.Refuse("It aligns corners and takes centers of pixels at once, which ONNX does not have.", "Use one of the two.");
            return;
        }

        string coordinates = Coordinates(operation.AlignCorners, operation.HalfPixelCenters);
        string nearest = operation.AlignCorners || operation.HalfPixelCenters ? "round_prefer_ceil" : "floor";
        Write(node, context, ("mode", "nearest"), ("coordinate_transformation_mode", coordinates), ("nearest_mode", nearest));
    }

    private static string Coordinates(bool alignsCorners, bool hasHalfPixels)
    {
        return alignsCorners ? "align_corners" : hasHalfPixels ? "half_pixel" : "asymmetric";
    }

    private static void Write(Node node, ExportContext context, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        Tensor output = node.Output();
        string sizes = context.Writer.Integers(Array.ConvertAll(Layouts.Order(output.Shape, Layout.ChannelsFirst), size => (long)size));
        string real = context.Writer.Emit("Resize", output.Name + "_resized", [context.Real(node.Input(0), Layout.ChannelsFirst), "", "", sizes], attributes);
        context.Set(output, real, Layout.ChannelsFirst);
    }
}
