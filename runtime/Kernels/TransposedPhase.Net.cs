using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// The output pixels of a transposed convolution whose row and column, padding included, have the same remainders modulo the strides. They are the results
/// of an ordinary convolution over the input with padding as wide as its kernel, except those that lie in the output's own padding.
/// </summary>
internal sealed class TransposedPhase
{
    private readonly PhasedConvolution _whole;
    private readonly Window _window;
    private readonly int _firstRow;
    private readonly int _firstColumn;
    private readonly int _top;
    private readonly int _left;
    private readonly int _pixelBytes;

    private TransposedPhase(PhasedConvolution whole, Window window, int phaseY, int phaseX, ConvolutionKernel kernel)
    {
        _whole = whole;
        _window = window;
        Kernel = kernel;
        _firstRow = First(whole.PaddingTop, phaseY, whole.StrideHeight);
        _firstColumn = First(whole.PaddingLeft, phaseX, whole.StrideWidth);
        _top = (_firstRow * whole.StrideHeight) + phaseY - whole.PaddingTop;
        _left = (_firstColumn * whole.StrideWidth) + phaseX - whole.PaddingLeft;
        _pixelBytes = whole.OutputChannels * whole.Parameters.DataBytes;
    }

    /// <summary>The convolution [batch, rows, columns, output channels].</summary>
    internal ConvolutionKernel Kernel { get; }

    /// <summary>The bytes of its results.</summary>
    internal int ResultBytes => _window.Batches * _window.OutputHeight * _window.OutputWidth * _pixelBytes;

    /// <summary>Makes the phases of a transposed convolution; those without pixels are left out.</summary>
    /// <param name="whole">The operator.</param>
    /// <param name="filter">A matrix for each phase, as <see cref="TransposedConvolution"/> has it.</param>
    /// <param name="kernelOf">Makes the convolution of a phase.</param>
    /// <returns>Null where a phase is no convolution, or kernels have nothing for one.</returns>
    internal static TransposedPhase[]? TryCreate(PhasedConvolution whole, ReadOnlySpan<sbyte> filter, Func<Window, ReadOnlySpan<sbyte>, ConvolutionKernel?> kernelOf)
    {
        // Without taps outputs are those of the bias alone; beyond the kernel padding takes rows that no output sees.
        bool suits = whole.StrideHeight <= whole.KernelHeight && whole.StrideWidth <= whole.KernelWidth && whole.PaddingTop < whole.KernelHeight && whole.PaddingLeft < whole.KernelWidth;
        List<TransposedPhase> phases = [];
        for (int i = 0; suits && i < whole.StrideHeight * whole.StrideWidth; i++)
        {
            int y = i / whole.StrideWidth;
            int x = i % whole.StrideWidth;
            int rows = Count(whole.OutputHeight, whole.PaddingTop, y, whole.StrideHeight);
            int columns = Count(whole.OutputWidth, whole.PaddingLeft, x, whole.StrideWidth);
            if (rows <= First(whole.PaddingTop, y, whole.StrideHeight) || columns <= First(whole.PaddingLeft, x, whole.StrideWidth))
            {
                continue;
            }

            Window window = whole.WindowOf(y, x, rows, columns);
            int length = window.KernelHeight * window.KernelWidth * window.InputChannels * window.OutputChannels;
            int start = whole.TapsBefore(y, x) * window.InputChannels * window.OutputChannels;
            bool isInside = rows - window.KernelHeight < window.InputHeight && columns - window.KernelWidth < window.InputWidth;
            if (!isInside || kernelOf(window, filter.Slice(start, length)) is not { } kernel)
            {
                return null;
            }

            phases.Add(new TransposedPhase(whole, window, y, x, kernel));
        }

        return phases.Count == 0 ? null : [.. phases];
    }

    /// <summary>Copies the results to their places.</summary>
    /// <param name="results">The bytes of the results.</param>
    /// <param name="output">The bytes of the whole output.</param>
    internal void Spread(ReadOnlySpan<sbyte> results, Span<sbyte> output)
    {
        int columns = _window.OutputWidth - _firstColumn;
        for (int batch = 0; batch < _window.Batches; batch++)
        {
            for (int row = _firstRow; row < _window.OutputHeight; row++)
            {
                int from = (((batch * _window.OutputHeight) + row) * _window.OutputWidth) + _firstColumn;
                int y = _top + ((row - _firstRow) * _whole.StrideHeight);
                int to = (((batch * _whole.OutputHeight) + y) * _whole.OutputWidth) + _left;
                ByteBlocks.Copy(
                    results[(from * _pixelBytes)..], _pixelBytes, output[(to * _pixelBytes)..], _whole.StrideWidth * _pixelBytes, columns, _pixelBytes);
            }
        }
    }

    /// <summary>The first row of a phase that lies in the output.</summary>
    private static int First(int padding, int phase, int stride)
    {
        return (Math.Max(padding - phase, 0) + stride - 1) / stride;
    }

    /// <summary>The rows of a phase up to the output's end, those before its start included.</summary>
    private static int Count(int outputs, int padding, int phase, int stride)
    {
        return outputs - 1 + padding < phase ? 0 : ((outputs - 1 + padding - phase) / stride) + 1;
    }
}
