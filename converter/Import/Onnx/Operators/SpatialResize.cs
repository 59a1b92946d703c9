using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>Height and width of images changed by an operation of the graph.</summary>
internal static class SpatialResize
{
    /// <summary>Where the channels are if only height and width change; null if other axes change.</summary>
    public static SpatialLayout? LayoutOf(int[] axes)
    {
        return Array.TrueForAll(axes, axis => axis is 2 or 3)
            ? SpatialLayout.ChannelsFirst
            : Array.TrueForAll(axes, axis => axis is 1 or 2) ? SpatialLayout.ChannelsLast : null;
    }

    public static Tensor Run(NodeBuilder graph, Operation operation, Tensor data, ResizeGrid grid, SpatialLayout layout)
    {
        if (layout == SpatialLayout.ChannelsLast)
        {
            return graph.Add(operation, grid.To, data, graph.Integers(grid.To[1], grid.To[2]));
        }

        int[] shape = [grid.To[0], grid.To[2], grid.To[3], grid.To[1]];
        return graph.ChannelsFirst(graph.Add(operation, shape, graph.ChannelsLast(data), graph.Integers(grid.To[2], grid.To[3])));
    }
}
