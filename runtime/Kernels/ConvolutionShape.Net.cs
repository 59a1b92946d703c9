using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>The sizes of a 2-D convolution of layout [batch, height, width, channels].</summary>
internal sealed class ConvolutionShape
{
    /// <summary>The sizes of a convolution.</summary>
    internal ConvolutionShape(Window window)
    {
        Batches = window.Batches;
        InputHeight = window.InputHeight;
        InputWidth = window.InputWidth;
        InputChannels = window.InputChannels;
        OutputHeight = window.OutputHeight;
        OutputWidth = window.OutputWidth;
        OutputChannels = window.OutputChannels;
        KernelHeight = window.KernelHeight;
        KernelWidth = window.KernelWidth;
        StrideHeight = window.StrideHeight;
        StrideWidth = window.StrideWidth;
        DilationHeight = window.DilationHeight;
        DilationWidth = window.DilationWidth;
        PaddingTop = window.PaddingTop;
        PaddingLeft = window.PaddingLeft;
    }

    /// <summary>The sizes of a product of rows with a matrix: a convolution of single pixels.</summary>
    internal ConvolutionShape(int rows, int columns, int outputs)
    {
        Batches = 1;
        InputHeight = 1;
        InputWidth = rows;
        InputChannels = columns;
        OutputHeight = 1;
        OutputWidth = rows;
        OutputChannels = outputs;
        KernelHeight = 1;
        KernelWidth = 1;
        StrideHeight = 1;
        StrideWidth = 1;
        DilationHeight = 1;
        DilationWidth = 1;
    }

    internal int Batches { get; }

    internal int InputHeight { get; }

    internal int InputWidth { get; }

    internal int InputChannels { get; }

    internal int OutputHeight { get; }

    internal int OutputWidth { get; }

    internal int OutputChannels { get; }

    internal int KernelHeight { get; }

    internal int KernelWidth { get; }

    internal int StrideHeight { get; }

    internal int StrideWidth { get; }

    internal int DilationHeight { get; }

    internal int DilationWidth { get; }

    internal int PaddingTop { get; }

    internal int PaddingLeft { get; }
}
