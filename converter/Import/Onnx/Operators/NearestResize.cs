using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>
/// Pixels taken from where they are nearest. The graph's own resize takes the same pixels for most of ONNX's many ways to compute positions;
/// for the rest each axis is gathered by itself.
/// </summary>
internal static class NearestResize
{
    private static readonly ResizeNearestNeighbor[] _variants =
    [
        new(AlignCorners: false, HalfPixelCenters: false),
        new(AlignCorners: false, HalfPixelCenters: true),
        new(AlignCorners: true, HalfPixelCenters: false),
    ];

    public static Tensor Run(NodeBuilder graph, Tensor data, ResizeGrid grid, ResizeCoordinates coordinates, ResizeRounding rounding)
    {
        int[] axes = grid.Axes;
        Dictionary<int, int[]> pixels = axes.ToDictionary(axis => axis, axis => Pixels(grid, axis, coordinates, rounding));
        int[] all(int axis) => pixels.GetValueOrDefault(axis) ?? [.. Enumerable.Range(0, grid.From[axis])];
        if (data.Rank == 4 && SpatialResize.LayoutOf(axes) is SpatialLayout layout)
        {
            (int height, int width) = layout == SpatialLayout.ChannelsLast ? (1, 2) : (2, 3);
            ResizeNearestNeighbor? fitting = Array.Find(_variants, variant =>
                Fits(variant, all(height), grid.From[height]) && Fits(variant, all(width), grid.From[width]));
            if (fitting is not null)
            {
                return SpatialResize.Run(graph, fitting, data, grid, layout);
            }
        }

        foreach (int axis in axes)
        {
            int[] shape = [.. data.Shape];
            shape[axis] = grid.To[axis];
            data = graph.Add(new Gather(axis, 0), shape, data, graph.Integers(pixels[axis].Select(pixel => (long)pixel)));
        }

        return data;
    }

    private static int[] Pixels(ResizeGrid grid, int axis, ResizeCoordinates coordinates, ResizeRounding rounding)
    {
        bool shrinks = grid.Scales[axis] < 1;
        return Array.ConvertAll(grid.Positions(axis, coordinates), position =>
        {
            float whole = rounding switch
            {
                ResizeRounding.PreferFloor => MathF.Ceiling(position - 0.5f),
                ResizeRounding.PreferCeiling => MathF.Floor(position + 0.5f),
                ResizeRounding.Ceiling => MathF.Ceiling(position),
                ResizeRounding.Simple when shrinks => MathF.Ceiling(position),
                _ => MathF.Floor(position),
            };
            return (int)Math.Clamp(whole, 0, grid.From[axis] - 1);
        });
    }

    private static bool Fits(ResizeNearestNeighbor variant, int[] pixels, int size)
    {
        return NearestPixels.Of(size, pixels.Length, variant).AsSpan().SequenceEqual(pixels);
    }
}
