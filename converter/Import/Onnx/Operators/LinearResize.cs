using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>
/// Pixels interpolated between the nearest ones. Height and width are resized by the graph's own operation where it computes the same positions;
/// all else is a product with a matrix of weights, axis by axis.
/// </summary>
internal static class LinearResize
{
    private static readonly ResizeBilinear[] _variants =
    [
        new(AlignCorners: false, HalfPixelCenters: true),
        new(AlignCorners: true, HalfPixelCenters: false),
        new(AlignCorners: false, HalfPixelCenters: false),
    ];

    public static Tensor Run(NodeBuilder graph, Tensor data, ResizeGrid grid, ResizeCoordinates coordinates)
    {
        int[] axes = grid.Axes;
        if (axes.Length == 0)
        {
            return data;
        }

        if (data.Rank == 3 && axes is [2])
        {
            // A line is an image of height 1.
            ResizeGrid image = new([grid.From[0], grid.From[1], 1, grid.From[2]], [grid.To[0], grid.To[1], 1, grid.To[2]], [1, 1, 1, grid.Scales[2]]);
            return graph.Reshaped(Run(graph, graph.Reshaped(data, image.From), image, coordinates), grid.To);
        }

        if (data.Rank == 4 && SpatialResize.LayoutOf(axes) is SpatialLayout layout)
        {
            int[] spatial = layout == SpatialLayout.ChannelsLast ? [1, 2] : [2, 3];
            if (Array.Find(_variants, variant => Array.TrueForAll(spatial, axis => Fits(variant, grid, axis, coordinates))) is ResizeBilinear fitting)
            {
                return SpatialResize.Run(graph, fitting, data, grid, layout);
            }
        }

        return InterpolationMatrix.Run(graph, data, grid, coordinates, InterpolationTaps.Linear);
    }

    private static bool Fits(ResizeBilinear variant, ResizeGrid grid, int axis, ResizeCoordinates coordinates)
    {
        // Positions beyond the border are the border; what differs by less than this cannot be seen in 8 or 16 bits.
        const double Tolerance = 1e-4;
        int from = grid.From[axis];
        int to = grid.To[axis];
        double step = variant.AlignCorners && to > 1 ? (from - 1.0) / (to - 1) : (double)from / to;
        float[] positions = grid.Positions(axis, coordinates);
        return Enumerable.Range(0, to).All(i =>
        {
            double position = variant.HalfPixelCenters ? ((i + 0.5) * step) - 0.5 : i * step;
            return Math.Abs(Math.Clamp(position, 0, from - 1) - Math.Clamp(positions[i], 0, from - 1)) <= Tolerance;
        });
    }
}
