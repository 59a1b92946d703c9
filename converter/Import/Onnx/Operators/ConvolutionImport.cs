using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>Conv: data [batch, channels, height, width] (or without height), filter [outputs, channels of a group, height, width], bias [outputs].</summary>
internal static class ConvolutionImport
{
    public static void Import(ImportContext context)
    {
        NodeBuilder graph = context.Graph;
        Tensor data = context.Input(0);
        Tensor filter = context.Input(1);
        Tensor? bias = context.OptionalInput(2);
        ImportContext.Require(data.Rank >= 2 && filter.Rank == data.Rank, $"Its data {data} and filter {filter} have different numbers of dimensions.");
        RequireKernel(context, filter.Shape[2..]);
        SlidingWindow window = new(context, data, filter.Shape[2..]);
        long groups = context.Attributes.Int("group", 1);
        int outputs = filter.Shape[0];
        ImportContext.Require(
            groups >= 1 && data.Shape[1] == groups * filter.Shape[1] && outputs % groups == 0,
            $"Its data {data} and filter {filter} do not make {groups} groups.");
        ImportContext.Require(bias is null || bias.ElementCount == outputs, $"Its bias {bias} has not {outputs} elements.");

        Tensor images = SlidingWindow.ImageOf(graph, data);
        Tensor weights = data.Rank == 3 ? graph.Reshaped(filter, outputs, filter.Shape[1], 1, filter.Shape[2]) : filter;
        int[] shape = window.OutputShape(images, outputs);
        images = window.Reached(graph, images, shape);
        bool depthwise = groups == data.Shape[1] && groups > 1;
        Tensor result = depthwise
            ? graph.Add(new DepthwiseConvolution2D(window.Attributes, Activation.None), shape, images, graph.Transposed(weights, 1, 2, 3, 0), bias)
            : graph.Add(new Convolution2D(window.Attributes, Activation.None), shape, images, graph.Transposed(weights, 0, 2, 3, 1), bias);
        context.Give(SlidingWindow.Back(graph, result, data));
    }

    /// <summary>The attribute kernel_shape says what the filter's shape says already.</summary>
    public static void RequireKernel(ImportContext context, int[] kernel)
    {
        long[]? declared = context.Attributes.Ints("kernel_shape");
        ImportContext.Require(
            declared is null || declared.SequenceEqual(kernel.Select(size => (long)size)), $"Its kernel_shape is {Shapes.Text(declared ?? [])}; the filter's is {Shapes.Text(kernel)}.");
    }
}
