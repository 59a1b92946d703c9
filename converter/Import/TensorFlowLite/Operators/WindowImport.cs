using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Import.TensorFlowLite.Options;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Operators;

/// <summary>Operators whose window slides over height and width: convolutions.</summary>
internal static class WindowImport
{
    public static Operation? Convolution(ImportContext context)
    {
        Conv2DOptions options = context.Options<Conv2DOptions>();
        if (!RequireImages(context))
        {
            return null;
        }

        WindowAttributes window = Window(
            context.Input(0).Shape,
            context.Input(1).Shape[1],
            context.Input(1).Shape[2],
            options.Padding,
            (options.StrideHeight, options.StrideWidth),
            (options.DilationHeight, options.DilationWidth));
        return ActivationImport.Of(context, options.Activation) is Activation activation ? new Convolution2D(window, activation) : null;
    }

    public static Operation? Depthwise(ImportContext context)
    {
        DepthwiseConv2DOptions options = context.Options<DepthwiseConv2DOptions>();
        if (!RequireImages(context))
        {
            return null;
        }

        WindowAttributes window = Window(
            context.Input(0).Shape,
            context.Input(1).Shape[1],
            context.Input(1).Shape[2],
            options.Padding,
            (options.StrideHeight, options.StrideWidth),
            (options.DilationHeight, options.DilationWidth));
        return ActivationImport.Of(context, options.Activation) is Activation activation ? new DepthwiseConvolution2D(window, activation) : null;
    }

    /// <summary>TensorFlow's SAME and VALID as explicit padding: SAME pads so that the output is the input divided by the stride, the smaller half first.</summary>
    /// <param name="data">Shape [batch, height, width, channels].</param>
    /// <param name="kernelHeight">Taps over the height.</param>
    /// <param name="kernelWidth">Taps over the width.</param>
    /// <param name="padding">SAME or VALID.</param>
    /// <param name="stride">Height and width.</param>
    /// <param name="dilation">Height and width.</param>
    public static WindowAttributes Window(
        int[] data, int kernelHeight, int kernelWidth, TflitePadding padding, (int Height, int Width) stride, (int Height, int Width) dilation)
    {
        (int top, int bottom) = Pad(data[1], kernelHeight, padding, stride.Height, dilation.Height);
        (int left, int right) = Pad(data[2], kernelWidth, padding, stride.Width, dilation.Width);
        return new WindowAttributes(stride.Height, stride.Width, dilation.Height, dilation.Width, top, bottom, left, right);
    }

    private static (int Before, int After) Pad(int size, int taps, TflitePadding padding, int stride, int dilation)
    {
        if (padding != TflitePadding.Same || stride < 1)
        {
            return (0, 0);
        }

        long reach = (((long)taps - 1) * dilation) + 1;
        long outputs = ((long)size + stride - 1) / stride;
        long total = Math.Clamp(((outputs - 1) * stride) + reach - size, 0, int.MaxValue / 2);
        return ((int)(total / 2), (int)(total - (total / 2)));
    }

    private static bool RequireImages(ImportContext context)
    {
        if (context.Input(0).Rank == 4 && context.Input(1).Rank == 4 && context.Output().Rank == 4)
        {
            SymmetricWeights.Of(context.Input(1));
            return true;
        }

        context.Refuse("Data, filter and output must have 4 dimensions.", "Reshape the data to [batch, height, width, channels].");
        return false;
    }
}
