using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>Resize and Upsample: height and width changed.</summary>
internal static class ResizeImport
{
    /// <summary>Version 10 takes scales; later ones take a region of interest, scales, or sizes.</summary>
    public static void Resize(ImportContext context)
    {
        Tensor data = context.Input(0);
        if (context.Version < 11)
        {
            Run(context, ResizeGrid.OfScales(data.Shape, context.Floats(1, "scales")), ResizeCoordinates.Asymmetric, ResizeRounding.Simple);
            return;
        }

        context.Attributes.Ignore("extrapolation_value");
        ResizeGrid grid = GridOf(context, data);
        if (context.Attributes.Flag("antialias") && grid.Shrinks)
        {
            throw ImportContext.Refused("It smooths while it makes the image smaller (antialias).", "Use an average pool in the source network.");
        }

        Run(context, grid, CoordinatesOf(context.Attributes.Text("coordinate_transformation_mode", "half_pixel")), RoundingOf(context.Attributes.Text("nearest_mode", "round_prefer_floor")));
    }

    /// <summary>The scales are an attribute up to version 8 and an input since version 9.</summary>
    public static void Upsample(ImportContext context)
    {
        float[] scales = context.Version >= 9
            ? context.Floats(1, "scales")
            : context.Attributes.Floats("scales") ?? throw ImportContext.Inconsistent("It has no scales.");
        Run(context, ResizeGrid.OfScales(context.Input(0).Shape, scales), ResizeCoordinates.Asymmetric, ResizeRounding.Simple);
    }

    private static ResizeGrid GridOf(ImportContext context, Tensor data)
    {
        int[] axes = context.Attributes.Ints("axes") is long[] given
            ? Array.ConvertAll(given, axis => ImportContext.Axis(axis, data.Rank))
            : [.. Enumerable.Range(0, data.Rank)];
        string policy = context.Attributes.Text("keep_aspect_ratio_policy", "stretch");
        const int Scales = 2;
        const int Sizes = 3;
        return context.OptionalInput(Sizes) is Tensor sizes && sizes.ElementCount > 0
            ? ResizeGrid.OfSizes(data.Shape, axes, context.Longs(Sizes, "sizes"), policy)
            : ResizeGrid.OfScales(data.Shape, axes, context.Floats(Scales, "scales"));
    }

    private static void Run(ImportContext context, ResizeGrid grid, ResizeCoordinates coordinates, ResizeRounding rounding)
    {
        string mode = context.Attributes.Text("mode", "nearest");
        Tensor data = context.Input(0);
        if (coordinates == ResizeCoordinates.AlignCorners && !grid.IsWhole)
        {
            throw ImportContext.Refused(
                "It aligns corners, and its scales give no whole sizes: the specification and ONNX Runtime compute other positions then.", "Give sizes instead of scales.");
        }

        if (mode != "cubic")
        {
            context.Attributes.Ignore("cubic_coeff_a", "exclude_outside");
        }

        switch (mode)
        {
            case "nearest":
                context.Give(NearestResize.Run(context.Graph, data, grid, coordinates, rounding));
                break;
            case "linear" or "bilinear":
                context.Give(LinearResize.Run(context.Graph, data, grid, coordinates));
                break;
            case "cubic":
                InterpolationTaps taps = InterpolationTaps.Cubic(context.Attributes.Float("cubic_coeff_a", -0.75f), context.Attributes.Flag("exclude_outside"));
                context.Give(InterpolationMatrix.Run(context.Graph, data, grid, coordinates, taps));
                break;
            default:
                throw ImportContext.Inconsistent($"It resizes by '{Shapes.Short(mode)}'; there are nearest, linear and cubic.");
        }
    }

    private static ResizeCoordinates CoordinatesOf(string mode)
    {
        return mode switch
        {
            "half_pixel" => ResizeCoordinates.HalfPixel,
            "half_pixel_symmetric" => ResizeCoordinates.HalfPixelSymmetric,
            "pytorch_half_pixel" => ResizeCoordinates.PytorchHalfPixel,
            "align_corners" => ResizeCoordinates.AlignCorners,
            "asymmetric" => ResizeCoordinates.Asymmetric,
            "tf_half_pixel_for_nn" => ResizeCoordinates.HalfPixelForNearest,
            _ => throw ImportContext.Refused(
                $"Its positions are computed by '{Shapes.Short(mode)}'; supported are half_pixel, half_pixel_symmetric, pytorch_half_pixel, align_corners, asymmetric and tf_half_pixel_for_nn.",
                "Use one of those in the source network."),
        };
    }

    private static ResizeRounding RoundingOf(string mode)
    {
        return mode switch
        {
            "round_prefer_floor" => ResizeRounding.PreferFloor,
            "round_prefer_ceil" => ResizeRounding.PreferCeiling,
            "floor" => ResizeRounding.Floor,
            "ceil" => ResizeRounding.Ceiling,
            _ => throw ImportContext.Inconsistent($"Its nearest_mode is '{Shapes.Short(mode)}'; there are round_prefer_floor, round_prefer_ceil, floor and ceil."),
        };
    }
}
