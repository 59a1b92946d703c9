namespace EdgeQuant.Converter.Tests.Import.Onnx.Structures;

/// <summary>Resize over height and width, as the specification defines it.</summary>
internal static class PlainResize
{
    public static PlainTensor Run(PlainNode node)
    {
        PlainTensor data = node[0];
        double[] scales = node.Optional(2) is { Values.Length: > 0 } given
            ? given.Values
            : [.. node[3].Values.Select((size, axis) => size / data.Shape[axis])];
        int[] shape = [.. data.Shape.Select((size, axis) => (int)Math.Floor((size * scales[axis]) + 1e-6))];
        return PlainTensor.Of(shape, place =>
        {
            double y = Coordinate(node, place[2], scales[2], data.Shape[2], shape[2]);
            double x = Coordinate(node, place[3], scales[3], data.Shape[3], shape[3]);
            return node.Text("mode", "nearest") == "nearest"
                ? data.At(place[0], place[1], Nearest(node, y, data.Shape[2]), Nearest(node, x, data.Shape[3]))
                : Linear(y, data.Shape[2], row => Linear(x, data.Shape[3], column => data.At(place[0], place[1], row, column)));
        });
    }

    private static double Coordinate(PlainNode node, int at, double scale, int size, int resized)
    {
        return node.Text("coordinate_transformation_mode", "half_pixel") switch
        {
            "half_pixel" => ((at + 0.5) / scale) - 0.5,
            "pytorch_half_pixel" => resized > 1 ? ((at + 0.5) / scale) - 0.5 : 0,
            "align_corners" => resized > 1 ? at * (size - 1.0) / (resized - 1) : 0,
            "asymmetric" => at / scale,
            string other => throw new NotSupportedException(other),
        };
    }

    private static int Nearest(PlainNode node, double at, int size)
    {
        double nearest = node.Text("nearest_mode", "round_prefer_floor") switch
        {
            "round_prefer_floor" => Math.Ceiling(at - 0.5),
            "round_prefer_ceil" => Math.Floor(at + 0.5),
            "floor" => Math.Floor(at),
            _ => Math.Ceiling(at),
        };
        return (int)Math.Clamp(nearest, 0, size - 1);
    }

    private static double Linear(double at, int size, Func<int, double> element)
    {
        double inside = Math.Clamp(at, 0, size - 1);
        int before = (int)Math.Floor(inside);
        double share = inside - before;
        return (element(before) * (1 - share)) + (element(Math.Min(before + 1, size - 1)) * share);
    }
}
