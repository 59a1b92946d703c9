using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>A convolution that computes one row of outputs after the other from <see cref="WidenedRows"/>.</summary>
/// <param name="window">Its sizes.</param>
/// <param name="parameters">Offsets, bias, multipliers and clamp.</param>
/// <param name="workspace">What the convolutions of the network share.</param>
internal abstract class RowByRowConvolution(Window window, RowParameters parameters, ConvolutionWorkspace workspace) : PackedConvolution
{
    private readonly int _dataBytes = parameters.DataBytes;
    private Window _window = window;

    internal sealed override Window Window => _window;

    internal sealed override int DataBytes => _dataBytes;

    protected ConvolutionWorkspace Workspace { get; private set; } = workspace;

    protected WidenedRows Rows { get; private set; } = new(window, parameters.InputOffset, parameters.DataBytes, workspace);

    internal sealed override PackedConvolution Part(Window window, ConvolutionWorkspace workspace)
    {
        RowByRowConvolution part = (RowByRowConvolution)MemberwiseClone();
        part._window = window;
        part.Workspace = workspace;
        part.Rows = Rows.Of(window, workspace);
        part.TakeScratch();
        return part;
    }

    internal sealed override void Run(ReadOnlySpan<sbyte> input, Span<sbyte> output)
    {
        int image = Window.InputHeight * Window.InputWidth * Window.InputChannels * _dataBytes;
        int outputRow = Window.OutputWidth * Window.OutputChannels * _dataBytes;
        for (int batch = 0; batch < Window.Batches; batch++)
        {
            Rows.Start();
            for (int y = 0; y < Window.OutputHeight; y++)
            {
                Rows.Advance(input.Slice(batch * image, image), y);
                RunRow(y, output.Slice(((batch * Window.OutputHeight) + y) * outputRow, outputRow));
            }
        }
    }

    /// <summary>Replaces all that a run writes by scratch of its own, and asks the workspace for what <see cref="Window"/> needs.</summary>
    protected abstract void TakeScratch();

    /// <summary>Computes a row of outputs; the rows that its windows see have been widened.</summary>
    /// <param name="y">Which row of its image it is.</param>
    /// <param name="output">The bytes of the row [width, channels].</param>
    protected abstract void RunRow(int y, Span<sbyte> output);
}
