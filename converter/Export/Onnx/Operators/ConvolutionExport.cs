using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Export.Onnx.Operators;

/// <summary>Convolutions: filters have their channels in front of height and width there.</summary>
internal static class ConvolutionExport
{
    private const int Filter = 1;
    private const int Bias = 2;

    /// <summary>Filters [outputs, height, width, channels of a group] to [outputs, channels of a group, height, width].</summary>
    public static void Convolution(Node node, Convolution2D operation, ExportContext context)
    {
        Tensor filter = node.Input(Filter);
        int groups = node.Input(0).Shape[3] / filter.Shape[3];
        Write(node, operation.Window, operation.Activation, context.Ordered(filter, 0, 3, 1, 2), [filter.Shape[1], filter.Shape[2]], groups, context);
    }

    /// <summary>Filters [1, height, width, outputs] to [outputs, 1, height, width]: each channel is a group.</summary>
    public static void Depthwise(Node node, DepthwiseConvolution2D operation, ExportContext context)
    {
        Tensor filter = node.Input(Filter);
        Write(node, operation.Window, operation.Activation, context.Ordered(filter, 3, 0, 1, 2), [filter.Shape[1], filter.Shape[2]], node.Input(0).Shape[3], context);
    }

    /// <summary>Filters [outputs, height, width, channels] to [channels, outputs, height, width].</summary>
    public static void Transposed(Node node, TransposedConvolution2D operation, ExportContext context)
    {
        Tensor data = node.Input(0);
        Tensor filter = node.Input(Filter);
        Tensor output = node.Output();
        int bottom = Behind(data.Shape[1], output.Shape[1], filter.Shape[1], operation.StrideHeight, operation.PaddingTop);
        int right = Behind(data.Shape[2], output.Shape[2], filter.Shape[2], operation.StrideWidth, operation.PaddingLeft);
        int[] more = [Math.Max(0, -bottom), Math.Max(0, -right)];
        if (more[0] >= operation.StrideHeight || more[1] >= operation.StrideWidth)
        {
            context.Refuse("Its output goes on behind what the filter reaches by a stride or more, which ONNX does not allow.", "Pad the output instead.");
            return;
        }

        string real = context.Writer.Emit(
            "ConvTranspose",
            output.Name + "_sum",
            Inputs(node, context.Ordered(filter, 3, 0, 1, 2), context),
            ("kernel_shape", new[] { filter.Shape[1], filter.Shape[2] }),
            ("strides", new[] { operation.StrideHeight, operation.StrideWidth }),
            ("pads", new[] { operation.PaddingTop, operation.PaddingLeft, Math.Max(0, bottom), Math.Max(0, right) }),
            ("output_padding", more));
        context.Set(output, context.Activated(real, operation.Activation, output), Layout.ChannelsFirst);
    }

    /// <summary>The padding behind an axis; negative where the output is longer than data and filter make it.</summary>
    private static int Behind(int data, int output, int kernel, int stride, int before)
    {
        return ((data - 1) * stride) + kernel - output - before;
    }

    private static void Write(Node node, WindowAttributes window, Activation activation, string filter, int[] kernel, int groups, ExportContext context)
    {
        Tensor output = node.Output();
        string real = context.Writer.Emit(
            "Conv",
            output.Name + "_sum",
            Inputs(node, filter, context),
            ("kernel_shape", kernel),
            ("strides", new[] { window.StrideHeight, window.StrideWidth }),
            ("dilations", new[] { window.DilationHeight, window.DilationWidth }),
            ("pads", new[] { window.PaddingTop, window.PaddingLeft, window.PaddingBottom, window.PaddingRight }),
            ("group", groups));
        context.Set(output, context.Activated(real, activation, output), Layout.ChannelsFirst);
    }

    private static string[] Inputs(Node node, string filter, ExportContext context)
    {
        string data = context.Real(node.Input(0), Layout.ChannelsFirst);
        return node.OptionalInput(Bias) is Tensor bias ? [data, filter, BiasExport.Write(bias, node.Input(0), node.Input(Filter), context)] : [data, filter];
    }
}
