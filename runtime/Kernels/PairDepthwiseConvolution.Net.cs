using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// Depthwise convolution, one output channel for each input channel, for machines that multiply 16-bit elements and add the products in pairs: a block of
/// channels of a pixel stays in registers while the taps of the window are multiplied, two at a time. Data are widened to 16 bits once a row
/// (<see cref="WidenedRows"/>), and so are weights, once.
/// </summary>
internal abstract class PairDepthwiseConvolution : RowByRowConvolution
{
    private Requantizer _requantizer;
    private readonly int _block;
    private readonly int[] _bias;

    /// <summary>
    /// [block of channels, pair of taps, half of a block, products]: first what meets the lower, then what meets the upper half of two interleaved
    /// taps, as unpack instructions order them in each eight channels: 0 to 3; 4 to 7.
    /// </summary>
    private readonly AlignedArray<short> _weights;

    /// <summary>Where each tap of the window of a row's first output lies in the widened rows; an odd number is filled up with the last.</summary>
    private int[] _taps;

    /// <param name="window">Its sizes.</param>
    /// <param name="filter">The weights [height, width, channels].</param>
    /// <param name="parameters">Offsets, bias, multipliers and clamp.</param>
    /// <param name="requantizer">What finishes the accumulators.</param>
    /// <param name="workspace">What the convolutions of the network share.</param>
    /// <param name="block">Channels that are computed at once, a multiple of eight.</param>
    protected PairDepthwiseConvolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace, int block)
        : base(WindowReach.AsRow(window), parameters, workspace)
    {
        window = Window;
        int channels = window.OutputChannels;
        int blocks = (channels + block - 1) / block;
        int pairs = ((window.KernelHeight * window.KernelWidth) + 1) / 2;
        _requantizer = requantizer;
        _block = block;
        RequireSums();
        _bias = new int[blocks * block];
        if (parameters.HasBias)
        {
            parameters.Bias.CopyTo(_bias);
        }

        requantizer.Start(_bias);

        _taps = new int[2 * pairs];
        _weights = new AlignedArray<short>(blocks * pairs * 2 * block);
        Span<short> weights = _weights.Span;
        for (int i = 0; i < filter.Length; i++)
        {
            int tap = i / channels;
            int channel = i % channels;
            int lane = channel % block;
            int half = lane / 4 % 2;
            int place = (lane / 8 * 8) + (lane % 4 * 2) + (tap % 2);
            weights[(((((channel / block * pairs) + (tap / 2)) * 2) + half) * block) + place] = filter[i];
        }
    }

    internal sealed override long WeightBytes => _weights.HeldBytes + (sizeof(int) * (long)_bias.Length);

    internal sealed override long ScratchBytes => sizeof(int) * (long)_taps.Length;

    protected sealed override void TakeScratch()
    {
        _requantizer = _requantizer.Copy();
        _taps = new int[_taps.Length];
        RequireSums();
    }

    protected sealed override void RunRow(int y, Span<sbyte> output)
    {
        int last = (Window.KernelHeight * Window.KernelWidth) - 1;
        for (int i = 0; i < _taps.Length; i++)
        {
            int tap = Math.Min(i, last);
            _taps[i] = Rows.Start(y, tap / Window.KernelWidth) + (tap % Window.KernelWidth * Window.DilationWidth * Window.InputChannels);
        }

        // The last block first: it may reach into the first channels of the next pixel.
        for (int channel = _bias.Length - _block; channel >= 0; channel -= _block)
        {
            AccumulateBlock(
                ref Unsafe.Add(ref Rows.First, channel),
                Rows.Step,
                Window.OutputWidth,
                _taps,
                ref Unsafe.Add(ref _weights.First, channel * _taps.Length),
                ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bias), channel),
                ref Unsafe.Add(ref Workspace.Sums.First, channel),
                _requantizer.PixelStride);
        }

        _requantizer.Run(Workspace.Sums.Span, output);
    }

    /// <summary>Computes the accumulators of a row of outputs for a block of channels.</summary>
    /// <param name="data">The widened rows, from the block's first channel on.</param>
    /// <param name="step">From the window of one output to that of the next.</param>
    /// <param name="pixels">The outputs.</param>
    /// <param name="taps">Where the taps of the first window lie, an even number.</param>
    /// <param name="weights">[pair of taps, half of the block, products].</param>
    /// <param name="bias">What is added, a block.</param>
    /// <param name="sums">The accumulators.</param>
    /// <param name="stride">From the accumulators of one pixel to those of the next.</param>
    protected abstract void AccumulateBlock(
        ref short data, nint step, int pixels, ReadOnlySpan<int> taps, ref short weights, ref int bias, ref int sums, nint stride);

    private void RequireSums()
    {
        Workspace.RequireSums((Window.OutputWidth * _requantizer.PixelStride) + Requantizer.Lanes);
    }
}
