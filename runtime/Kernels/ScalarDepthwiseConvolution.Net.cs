using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// Depthwise convolution in plain C#, one output channel for each input channel: the sums of four channels of a pixel stay in registers.
/// </summary>
internal sealed class ScalarDepthwiseConvolution : RowByRowConvolution
{
    /// <summary>Channels of a block.</summary>
    private const int Block = 4;

    private Requantizer _requantizer;
    private readonly int[] _bias;

    /// <summary>[block of channels, tap, channel of the block], as wide as the processor multiplies.</summary>
    private readonly int[] _weights;

    /// <summary>Where each tap of the window of a row's first output lies in the widened rows.</summary>
    private int[] _taps;

    internal ScalarDepthwiseConvolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
        : base(WindowReach.AsRow(window), parameters, workspace)
    {
        window = Window;
        int channels = window.OutputChannels;
        int blocks = (channels + Block - 1) / Block;
        _requantizer = requantizer;
        RequireSums();
        _bias = new int[blocks * Block];
        if (parameters.HasBias)
        {
            parameters.Bias.CopyTo(_bias);
        }

        requantizer.Start(_bias);

        _taps = new int[window.KernelHeight * window.KernelWidth];
        _weights = new int[blocks * _taps.Length * Block];
        for (int i = 0; i < filter.Length; i++)
        {
            int channel = i % channels;
            _weights[(((channel / Block * _taps.Length) + (i / channels)) * Block) + (channel % Block)] = filter[i];
        }
    }

    internal override long WeightBytes => sizeof(int) * ((long)_weights.Length + _bias.Length);

    internal override long ScratchBytes => sizeof(int) * (long)_taps.Length;

    protected override void TakeScratch()
    {
        _requantizer = _requantizer.Copy();
        _taps = new int[_taps.Length];
        RequireSums();
    }

    protected override void RunRow(int y, Span<sbyte> output)
    {
        for (int i = 0; i < _taps.Length; i++)
        {
            _taps[i] = Rows.Start(y, i / Window.KernelWidth) + (i % Window.KernelWidth * Window.DilationWidth * Window.InputChannels);
        }

        for (int channel = 0; channel < _bias.Length; channel += Block)
        {
            AccumulateBlock(
                ref Unsafe.Add(ref Rows.First, channel),
                Rows.Step,
                Window.OutputWidth,
                _taps,
                ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_weights), channel * _taps.Length),
                ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bias), channel),
                ref Unsafe.Add(ref Workspace.Sums.First, channel),
                _requantizer.PixelStride);
        }

        _requantizer.Run(Workspace.Sums.Span, output);
    }

    /// <summary>Computes the accumulators of a row of outputs for a block of channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateBlock(
        ref short data, nint step, int pixels, ReadOnlySpan<int> taps, ref int weights, ref int bias, ref int sums, nint stride)
    {
        for (; pixels > 0; pixels--)
        {
            int sum0 = bias;
            int sum1 = Unsafe.Add(ref bias, 1);
            int sum2 = Unsafe.Add(ref bias, 2);
            int sum3 = Unsafe.Add(ref bias, 3);
            ref int next = ref weights;
            foreach (int tap in taps)
            {
                ref short values = ref Unsafe.Add(ref data, tap);
                sum0 += values * next;
                sum1 += Unsafe.Add(ref values, 1) * Unsafe.Add(ref next, 1);
                sum2 += Unsafe.Add(ref values, 2) * Unsafe.Add(ref next, 2);
                sum3 += Unsafe.Add(ref values, 3) * Unsafe.Add(ref next, 3);
                next = ref Unsafe.Add(ref next, Block);
            }

            sums = sum0;
            Unsafe.Add(ref sums, 1) = sum1;
            Unsafe.Add(ref sums, 2) = sum2;
            Unsafe.Add(ref sums, 3) = sum3;
            sums = ref Unsafe.Add(ref sums, stride);
            data = ref Unsafe.Add(ref data, step);
        }
    }

    private void RequireSums()
    {
        Workspace.RequireSums((Window.OutputWidth * _requantizer.PixelStride) + Requantizer.Lanes);
    }
}
