using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>Pools over images [batch, channels, height, width], or without height.</summary>
internal static class PoolImport
{
    public static void Import(ImportContext context, PoolKind kind)
    {
        NodeBuilder graph = context.Graph;
        Tensor data = context.Input(0);
        context.Attributes.Ignore("storage_order");
        long[] kernel = context.Attributes.Ints("kernel_shape") ?? throw ImportContext.Inconsistent("It has no kernel_shape.");
        ImportContext.Require(Array.TrueForAll(kernel, size => size is >= 1 and <= ushort.MaxValue), $"Its kernel_shape is {Shapes.Text(kernel)}.");
        SlidingWindow window = new(context, data, Array.ConvertAll(kernel, size => (int)size));
        Tensor images = SlidingWindow.ImageOf(graph, data);
        WindowAttributes given = context.Attributes.Flag("ceil_mode") ? window.RoundUp(images) : window.Attributes;
        int[] shape = window.OutputShape(images, data.Shape[1]);
        WindowAttributes attributes = window.Attributes;
        if (kind == PoolKind.Average && context.Attributes.Flag("count_include_pad"))
        {
            // Padding that counts in an average is a frame of zeros.
            images = SlidingWindow.Framed(graph, images, given);
            attributes = attributes with
            {
                PaddingTop = 0,
                PaddingLeft = 0,
                PaddingBottom = attributes.PaddingBottom - given.PaddingBottom,
                PaddingRight = attributes.PaddingRight - given.PaddingRight,
            };
        }

        context.Give(SlidingWindow.Back(graph, graph.Add(new Pool2D(kind, window.KernelHeight, window.KernelWidth, attributes, Activation.None), shape, images), data));
    }

    public static void Global(ImportContext context, ReduceFunction function)
    {
        Tensor data = context.Input(0);
        ImportContext.Require(data.Rank >= 3, $"Its data {data} has no spatial dimensions.");
        int[] shape = [.. data.Shape.Select((size, axis) => axis < 2 ? size : 1)];
        Tensor axes = context.Graph.Integers(Enumerable.Range(2, data.Rank - 2).Select(axis => (long)axis));
        context.Give(context.Graph.Add(new Reduce(function, KeepDimensions: true), shape, data, axes));
    }
}
