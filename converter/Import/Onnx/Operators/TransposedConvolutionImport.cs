using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>
/// ConvTranspose: data [batch, channels, height, width] (or without height), filter [channels, outputs of a group, height, width], bias
/// [outputs].
/// </summary>
internal static class TransposedConvolutionImport
{
    public static void Import(ImportContext context)
    {
        NodeBuilder graph = context.Graph;
        Tensor data = context.Input(0);
        Tensor filter = context.Input(1);
        Tensor? bias = context.OptionalInput(2);
        ImportContext.Require(data.Rank >= 2 && filter.Rank == data.Rank, $"Its data {data} and filter {filter} have different numbers of dimensions.");
        ConvolutionImport.RequireKernel(context, filter.Shape[2..]);
        TransposedWindow window = new(context, data, filter.Shape[2..]);
        int groups = (int)Math.Clamp(context.Attributes.Int("group", 1), 0, int.MaxValue);
        ImportContext.Require(
            groups >= 1 && data.Shape[1] == filter.Shape[0] && data.Shape[1] % groups == 0, $"Its data {data} and filter {filter} do not make {groups} groups.");
        int outputs = filter.Shape[1] * groups;
        ImportContext.Require(bias is null || bias.ElementCount == outputs, $"Its bias {bias} has not {outputs} elements.");

        Tensor images = SlidingWindow.ImageOf(graph, data);
        Tensor weights = data.Rank == 3 ? graph.Reshaped(filter, filter.Shape[0], filter.Shape[1], 1, filter.Shape[2]) : filter;
        Tensor result = groups == 1
            ? One(graph, window, images, weights, bias)
            : Grouped(graph, window, images, weights, bias, groups);
        context.Give(SlidingWindow.Back(graph, result, data));
    }

    private static Tensor One(NodeBuilder graph, TransposedWindow window, Tensor images, Tensor weights, Tensor? bias)
    {
        Tensor filter = window.Dilated(graph, graph.Transposed(weights, 1, 2, 3, 0));
        int[] shape = [images.Shape[0], window.Height, window.Width, filter.Shape[0]];
        return graph.Add(window.Operation, shape, images, filter, bias);
    }

    /// <summary>Groups are transposed convolutions of their own, side by side.</summary>
    private static Tensor Grouped(NodeBuilder graph, TransposedWindow window, Tensor images, Tensor weights, Tensor? bias, int groups)
    {
        const int MostGroups = 256;
        if (groups > MostGroups)
        {
            throw ImportContext.Refused($"It has {groups} groups; supported are {MostGroups}.", "Use an upsampling and a convolution instead.");
        }

        Tensor[] data = Parts(graph, images, 3, groups);
        Tensor[] filters = Parts(graph, weights, 0, groups);
        Tensor?[] biases = bias is null ? new Tensor?[groups] : Parts(graph, bias, 0, groups);
        Tensor[] results = [.. Enumerable.Range(0, groups).Select(group => One(graph, window, data[group], filters[group], biases[group]))];
        int[] shape = [.. results[0].Shape[..3], results[0].Shape[3] * groups];
        return graph.Add(new Concatenation(3), shape, results);
    }

    private static Tensor[] Parts(NodeBuilder graph, Tensor whole, int axis, int parts)
    {
        int[] shape = [.. whole.Shape];
        shape[axis] /= parts;
        return graph.AddMany(new Split(), whole.Type, Enumerable.Repeat(shape, parts), graph.Integers(DataType.Int32, [], axis), whole);
    }
}
