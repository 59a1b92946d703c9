using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>What the kernels of all x86 processors share: which convolutions are prepared, and how their accumulators become outputs.</summary>
internal abstract class X86Kernels : ScalarKernels
{
    internal sealed override ConvolutionKernel? Convolution(Window window, int groups, ReadOnlySpan<sbyte> filter, RowParameters parameters)
    {
        if (groups != 1 || parameters.WeightOffset != 0 || !WindowReach.IsModest(window))
        {
            return null;
        }

        return Convolution(window, filter, parameters, Requantizer(ProductBounds.Of(filter, filter.Length / window.OutputChannels, 1, parameters), parameters));
    }

    internal sealed override ConvolutionKernel? DepthwiseConvolution(Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters)
    {
        if (parameters.WeightOffset != 0 || !WindowReach.IsModest(window))
        {
            return null;
        }

        if (window.InputChannels == 1)
        {
            return Convolution(window, 1, Transposed(filter, window.OutputChannels), parameters);
        }

        return window.InputChannels == window.OutputChannels
            ? DepthwiseConvolution(window, filter, parameters, Requantizer(ProductBounds.Of(filter, 1, window.OutputChannels, parameters), parameters))
            : null;
    }

    internal sealed override ConvolutionKernel? MatrixProduct(int rows, int columns, ReadOnlySpan<sbyte> weights, RowParameters parameters)
    {
        return Convolution(new Window(rows, columns, parameters.Rows), 1, weights, parameters);
    }

    /// <summary>A convolution without groups, of symmetric weights.</summary>
    protected abstract ConvolutionKernel Convolution(Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer);

    /// <summary>A depthwise convolution of one output for each input channel, of symmetric weights.</summary>
    protected abstract ConvolutionKernel DepthwiseConvolution(Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer);

    /// <summary>What finishes accumulators of known range.</summary>
    protected abstract Requantizer BoundedRequantizer(BoundedScales scales);

    /// <summary>What finishes accumulators of any range.</summary>
    protected abstract Requantizer UnboundedRequantizer(RowParameters parameters);

    /// <summary>The weights [taps, channels] of a depthwise convolution as those of one that reads its only channel: [channels, taps].</summary>
    private static sbyte[] Transposed(ReadOnlySpan<sbyte> filter, int channels)
    {
        sbyte[] transposed = new sbyte[filter.Length];
        int taps = filter.Length / channels;
        for (int i = 0; i < filter.Length; i++)
        {
            transposed[(i % channels * taps) + (i / channels)] = filter[i];
        }

        return transposed;
    }

    private Requantizer Requantizer(long[] bounds, RowParameters parameters)
    {
        BoundedScales? scales = BoundedScales.TryCreate(parameters, bounds);
        return scales is null ? UnboundedRequantizer(parameters) : BoundedRequantizer(scales);
    }
}
