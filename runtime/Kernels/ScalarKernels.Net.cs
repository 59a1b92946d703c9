using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>Kernels in plain C# for machines without vector instructions that a set of their own uses.</summary>
internal class ScalarKernels : CompactKernels
{
    internal override string Name => "scalar";

    internal override bool HoldsWeights => true;

    internal override ConvolutionKernel? Convolution(Window window, int groups, ReadOnlySpan<sbyte> filter, RowParameters parameters)
    {
        return groups == 1 && parameters.WeightOffset == 0 && WindowReach.IsModest(window) ? new ScalarConvolution(window, filter, parameters) : null;
    }

    internal override ConvolutionKernel? DepthwiseConvolution(Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters)
    {
        return window.InputChannels == window.OutputChannels && parameters.WeightOffset == 0 && WindowReach.IsModest(window)
            ? new ScalarDepthwiseConvolution(window, filter, parameters)
            : null;
    }

    internal override ConvolutionKernel? MatrixProduct(int rows, int columns, ReadOnlySpan<sbyte> weights, RowParameters parameters)
    {
        return rows > 1 && parameters.WeightOffset == 0 ? new ScalarConvolution(new Window(rows, columns, parameters.Rows), weights, parameters) : null;
    }
}
