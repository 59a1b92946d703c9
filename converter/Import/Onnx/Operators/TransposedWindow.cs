using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>How the filter of a transposed convolution slides, over two axes (over one: images of height 1).</summary>
internal sealed class TransposedWindow
{
    private readonly int[] _dilations;

    public TransposedWindow(ImportContext context, Tensor data, int[] kernel)
    {
        int axes = data.Rank - 2;
        if (axes is not (1 or 2))
        {
            throw ImportContext.Refused($"The data {data} has {Math.Max(axes, 0)} spatial dimensions; supported are 1 and 2.", "Split it into 2-dimensional parts in the source network.");
        }

        int[] strides = Numbers(context, "strides", axes, 1) ?? [.. Enumerable.Repeat(1, axes)];
        int[] dilations = Numbers(context, "dilations", axes, 1) ?? [.. Enumerable.Repeat(1, axes)];
        int[] more = Numbers(context, "output_padding", axes, 0) ?? new int[axes];
        int[] pads = Numbers(context, "pads", 2 * axes, 0) ?? new int[2 * axes];
        int[]? sizes = Numbers(context, "output_shape", axes, 1);
        string automatic = context.Attributes.Text("auto_pad", "NOTSET");
        ImportContext.Require(automatic is "NOTSET" or "" or "VALID" or "SAME_UPPER" or "SAME_LOWER", $"Its auto_pad is '{Shapes.Short(automatic)}'.");
        List<(int Size, int Before)> lengths = [];
        for (int axis = 0; axis < axes; axis++)
        {
            long reach = ((kernel[axis] - 1L) * dilations[axis]) + 1;
            long whole = ((data.Shape[axis + 2] - 1L) * strides[axis]) + more[axis] + reach;
            bool same = automatic is "SAME_UPPER" or "SAME_LOWER";
            long size = sizes?[axis] ?? (same ? (long)data.Shape[axis + 2] * strides[axis] : automatic == "VALID" ? whole : whole - pads[axis] - pads[axis + axes]);
            long cut = Math.Max(whole - size, 0);
            long before = sizes is null && !same ? automatic == "VALID" ? 0 : pads[axis] : automatic == "SAME_UPPER" ? cut / 2 : cut - (cut / 2);
            ImportContext.Require(size is >= 1 and <= int.MaxValue && before <= ushort.MaxValue, $"Its output has the size {size} along spatial axis {axis}.");
            lengths.Add(((int)size, (int)before));
        }

        if (axes == 1)
        {
            lengths.Insert(0, (1, 0));
            strides = [1, .. strides];
            dilations = [1, .. dilations];
        }

        _dilations = dilations;
        Height = lengths[0].Size;
        Width = lengths[1].Size;
        Operation = new TransposedConvolution2D(strides[0], strides[1], lengths[0].Before, lengths[1].Before, Activation.None);
    }

    public int Height { get; }

    public int Width { get; }

    public TransposedConvolution2D Operation { get; }

    /// <summary>A filter [outputs, height, width, channels] with zeros between its taps.</summary>
    public Tensor Dilated(NodeBuilder graph, Tensor filter)
    {
        if (Array.TrueForAll(_dilations, dilation => dilation == 1))
        {
            return filter;
        }

        int[] shape = filter.Shape;
        int height = shape[1] * _dilations[0];
        int width = shape[2] * _dilations[1];
        Tensor apart = graph.Reshaped(filter, shape[0], shape[1], 1, shape[2], 1, shape[3]);
        Tensor paddings = graph.Integers(DataType.Int32, [6, 2], 0, 0, 0, 0, 0, _dilations[0] - 1, 0, 0, 0, _dilations[1] - 1, 0, 0);
        Tensor padded = graph.Add(new Pad(), [shape[0], shape[1], _dilations[0], shape[2], _dilations[1], shape[3]], apart, paddings);
        int[] size = [shape[0], height - _dilations[0] + 1, width - _dilations[1] + 1, shape[3]];
        return graph.Add(new Slice(), size, graph.Reshaped(padded, shape[0], height, width, shape[3]), graph.Integers(0, 0, 0, 0), graph.Integers(size.Select(length => (long)length)));
    }

    private static int[]? Numbers(ImportContext context, string name, int count, int lowest)
    {
        long[]? given = context.Attributes.Ints(name);
        ImportContext.Require(
            given is null || (given.Length == count && Array.TrueForAll(given, value => value >= lowest && value <= ushort.MaxValue)),
            $"Its {name} are {Shapes.Text(given ?? [])}; they are {count} numbers of {lowest} and more.");
        return given is null ? null : Array.ConvertAll(given, value => (int)value);
    }
}
