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

    private readonly ChannelScales _scales;

    /// <summary>[block of channels, tap, channel of the block].</summary>
    private readonly sbyte[] _weights;

    /// <summary>Where each tap of the window of a row's first output lies in the widened rows.</summary>
    private readonly int[] _taps;
    private readonly int[] _sums = new int[Block];

    internal ScalarDepthwiseConvolution(Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters)
        : base(window, parameters)
    {
        int channels = window.OutputChannels;
        int blocks = (channels + Block - 1) / Block;
        _scales = new ChannelScales(parameters, blocks * Block);
        _taps = new int[window.KernelHeight * window.KernelWidth];
        _weights = new sbyte[blocks * _taps.Length * Block];
        for (int i = 0; i < filter.Length; i++)
        {
            int channel = i % channels;
            _weights[(((channel / Block * _taps.Length) + (i / channels)) * Block) + (channel % Block)] = filter[i];
        }
    }

    internal override long HeldBytes => _weights.Length + Rows.HeldBytes + (sizeof(int) * (long)_taps.Length);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void RunRow(int y, Span<sbyte> output)
    {
        for (int i = 0; i < _taps.Length; i++)
        {
            _taps[i] = Rows.Start(y, i / Window.KernelWidth) + (i % Window.KernelWidth * Window.DilationWidth * Window.InputChannels);
        }

        ScalarRequantization scales = new(_scales);
        for (int channel = 0; channel < Window.OutputChannels; channel += Block)
        {
            ref sbyte weights = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_weights), channel * _taps.Length);
            int end = Math.Min(Block, Window.OutputChannels - channel);
            for (int x = 0; x < Window.OutputWidth; x++)
            {
                Accumulate(ref Unsafe.Add(ref Rows.First, (x * Rows.Step) + channel), ref weights);
                for (int i = 0; i < end; i++)
                {
                    output[(x * Window.OutputChannels) + channel + i] = scales.Finish(_sums[i], channel + i);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Accumulate(ref short rows, ref sbyte weights)
    {
        int sum0 = 0;
        int sum1 = 0;
        int sum2 = 0;
        int sum3 = 0;
        foreach (int tap in _taps)
        {
            ref short values = ref Unsafe.Add(ref rows, tap);
            sum0 += values * weights;
            sum1 += Unsafe.Add(ref values, 1) * Unsafe.Add(ref weights, 1);
            sum2 += Unsafe.Add(ref values, 2) * Unsafe.Add(ref weights, 2);
            sum3 += Unsafe.Add(ref values, 3) * Unsafe.Add(ref weights, 3);
            weights = ref Unsafe.Add(ref weights, Block);
        }

        ref int sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        sums = sum0;
        Unsafe.Add(ref sums, 1) = sum1;
        Unsafe.Add(ref sums, 2) = sum2;
        Unsafe.Add(ref sums, 3) = sum3;
    }
}
