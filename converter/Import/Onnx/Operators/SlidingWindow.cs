using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>
/// How the window of a convolution or pool slides, over two axes. Over one axis it slides over an image of height 1: see
/// <see cref="ImageOf"/>.
/// </summary>
internal sealed class SlidingWindow
{
    /// <summary>Reads strides, dilations and padding.</summary>
    /// <param name="context">The operator.</param>
    /// <param name="data">The data as it is given: [batch, channels, height, width], or without height.</param>
    /// <param name="kernel">The window's sizes, one for each spatial axis.</param>
    public SlidingWindow(ImportContext context, Tensor data, int[] kernel)
    {
        int axes = data.Rank - 2;
        if (axes is not (1 or 2))
        {
            throw ImportContext.Refused($"The data {data} has {Math.Max(axes, 0)} spatial dimensions; supported are 1 and 2.", "Split it into 2-dimensional parts in the source network.");
        }

        ImportContext.Require(kernel.Length == axes && Array.TrueForAll(kernel, size => size >= 1), $"Its window is {Shapes.Text(kernel)}; the data is {data}.");
        int[] strides = Sizes(context, "strides", axes);
        int[] dilations = Sizes(context, "dilations", axes);
        (int Before, int After)[] padding = [.. Padding(context, data, kernel, strides, dilations)];
        if (axes == 1)
        {
            kernel = [1, .. kernel];
            strides = [1, .. strides];
            dilations = [1, .. dilations];
            padding = [(0, 0), .. padding];
        }

        KernelHeight = kernel[0];
        KernelWidth = kernel[1];
        Attributes = new WindowAttributes(
            strides[0], strides[1], dilations[0], dilations[1], padding[0].Before, padding[0].After, padding[1].Before, padding[1].After);
    }

    public int KernelHeight { get; }

    public int KernelWidth { get; }

    public WindowAttributes Attributes { get; private set; }

    /// <summary>Data with one or two spatial axes as images [batch, height, width, channels].</summary>
    public static Tensor ImageOf(NodeBuilder graph, Tensor data)
    {
        return graph.ChannelsLast(data.Rank == 3 ? graph.Reshaped(data, data.Shape[0], data.Shape[1], 1, data.Shape[2]) : data);
    }

    /// <summary>Images [batch, height, width, channels] as ONNX has them, with as many axes as the data.</summary>
    public static Tensor Back(NodeBuilder graph, Tensor images, Tensor data)
    {
        Tensor back = graph.ChannelsFirst(images);
        return data.Rank == 3 ? graph.Reshaped(back, back.Shape[0], back.Shape[1], back.Shape[3]) : back;
    }

    /// <summary>The shape [batch, height, width, channels] that the window gives of images.</summary>
    public int[] OutputShape(Tensor images, int channels)
    {
        long height = Attributes.OutputHeight(images, KernelHeight);
        long width = Attributes.OutputWidth(images, KernelWidth);
        ImportContext.Require(height >= 1 && width >= 1, $"Its window of {KernelHeight} x {KernelWidth} is larger than the padded images {images}.");
        return [images.Shape[0], (int)Math.Min(height, int.MaxValue), (int)Math.Min(width, int.MaxValue), channels];
    }

    /// <summary>
    /// Lets the window slide beyond the end where it starts inside of the padded data but ends outside of it (ceil_mode): there is as much more
    /// padding at the end as that takes.
    /// </summary>
    /// <param name="images">The images [batch, height, width, channels].</param>
    /// <returns>The sliding with the padding that the file gives.</returns>
    public WindowAttributes RoundUp(Tensor images)
    {
        WindowAttributes given = Attributes;
        Attributes = given with
        {
            PaddingBottom = given.PaddingBottom + Missing(images.Shape[1], KernelHeight, given.StrideHeight, given.DilationHeight, given.PaddingTop, given.PaddingBottom),
            PaddingRight = given.PaddingRight + Missing(images.Shape[2], KernelWidth, given.StrideWidth, given.DilationWidth, given.PaddingLeft, given.PaddingRight),
        };
        return given;
    }

    /// <summary>The images in a frame of zeros, as wide as the padding of a window.</summary>
    public static Tensor Framed(NodeBuilder graph, Tensor images, WindowAttributes window)
    {
        int[] shape = images.Shape;
        int height = shape[1] + window.PaddingTop + window.PaddingBottom;
        int width = shape[2] + window.PaddingLeft + window.PaddingRight;
        Tensor paddings = graph.Integers(DataType.Int32, [4, 2], 0, 0, window.PaddingTop, window.PaddingBottom, window.PaddingLeft, window.PaddingRight, 0, 0);
        return height == shape[1] && width == shape[2] ? images : graph.Add(new Pad(), [shape[0], height, width, shape[3]], images, paddings);
    }

    /// <summary>
    /// The images for a convolution, with all of its padding around them where a window lies wholly behind their end: the device's windows start
    /// before it.
    /// </summary>
    /// <param name="graph">Where nodes go.</param>
    /// <param name="images">The images [batch, height, width, channels].</param>
    /// <param name="output">The shape of what the window gives.</param>
    public Tensor Reached(NodeBuilder graph, Tensor images, int[] output)
    {
        WindowAttributes given = Attributes;
        if (((output[1] - 1L) * given.StrideHeight) - given.PaddingTop < images.Shape[1] && ((output[2] - 1L) * given.StrideWidth) - given.PaddingLeft < images.Shape[2])
        {
            return images;
        }

        Attributes = given with { PaddingTop = 0, PaddingBottom = 0, PaddingLeft = 0, PaddingRight = 0 };
        return Framed(graph, images, given);
    }

    private static int Missing(int size, int kernel, int stride, int dilation, int before, int after)
    {
        long reach = ((kernel - 1L) * dilation) + 1;
        long room = (long)size + before + after - reach;
        if (room < 0 || room % stride == 0)
        {
            return 0;
        }

        // A window that would start in the padding behind the data is left out.
        long steps = (room / stride) + 1;
        return steps * stride >= (long)size + before ? 0 : (int)(stride - (room % stride));
    }

    private static int[] Sizes(ImportContext context, string name, int axes)
    {
        long[] given = context.Attributes.Ints(name) ?? [.. Enumerable.Repeat(1L, axes)];
        ImportContext.Require(
            given.Length == axes && Array.TrueForAll(given, size => size is >= 1 and <= ushort.MaxValue), $"Its {name} are {Shapes.Text(given)}; they are {axes} numbers of 1 and more.");
        return Array.ConvertAll(given, size => (int)size);
    }

    private static IEnumerable<(int Before, int After)> Padding(ImportContext context, Tensor data, int[] kernel, int[] strides, int[] dilations)
    {
        int axes = kernel.Length;
        string automatic = context.Attributes.Text("auto_pad", "NOTSET");
        long[] given = context.Attributes.Ints("pads") ?? new long[2 * axes];
        ImportContext.Require(
            given.Length == 2 * axes && Array.TrueForAll(given, size => size is >= 0 and <= ushort.MaxValue), $"Its pads are {Shapes.Text(given)}; they are {2 * axes} numbers of 0 and more.");
        for (int axis = 0; axis < axes; axis++)
        {
            long reach = ((kernel[axis] - 1L) * dilations[axis]) + 1;
            long outputs = ((long)data.Shape[axis + 2] + strides[axis] - 1) / strides[axis];
            long total = Math.Clamp(((outputs - 1) * strides[axis]) + reach - data.Shape[axis + 2], 0, int.MaxValue / 2);
            yield return automatic switch
            {
                "NOTSET" or "" => ((int)given[axis], (int)given[axis + axes]),
                "VALID" => (0, 0),
                "SAME_UPPER" => ((int)(total / 2), (int)(total - (total / 2))),
                "SAME_LOWER" => ((int)(total - (total / 2)), (int)(total / 2)),
                _ => throw ImportContext.Inconsistent($"Its auto_pad is '{Shapes.Short(automatic)}'; there are NOTSET, VALID, SAME_UPPER and SAME_LOWER."),
            };
        }
    }
}
