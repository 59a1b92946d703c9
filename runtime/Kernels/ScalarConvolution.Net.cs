using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// Convolution without groups in plain C#: two output pixels by four output channels. Both pixels share a multiplication: their elements lie in
/// the upper and the lower half of 64 bits, and so do the sums of products.
/// </summary>
internal sealed class ScalarConvolution : RowByRowConvolution
{
    /// <summary>Output channels of a block.</summary>
    private const int Block = 4;

    private readonly ChannelScales _scales;

    /// <summary>[block of channels, element of the window, channel of the block].</summary>
    private readonly sbyte[] _weights;

    /// <summary>Where the chunks of a window start: pieces that lie together in the widened rows.</summary>
    private readonly int[] _chunks;
    private readonly long[] _sums = new long[Block];
    private readonly int _chunkLength;
    private readonly int _chunksInRow;

    internal ScalarConvolution(Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters)
        : base(window, parameters)
    {
        int blocks = (window.OutputChannels + Block - 1) / Block;
        _scales = new ChannelScales(parameters, blocks * Block);
        bool together = window.DilationWidth == 1;
        _chunksInRow = together ? 1 : window.KernelWidth;
        _chunkLength = window.InputChannels * (together ? window.KernelWidth : 1);
        _chunks = new int[window.KernelHeight * _chunksInRow];
        int length = _chunks.Length * _chunkLength;
        _weights = new sbyte[blocks * length * Block];
        for (int i = 0; i < filter.Length; i++)
        {
            int channel = i / length;
            _weights[((((channel / Block) * length) + (i % length)) * Block) + (channel % Block)] = filter[i];
        }
    }

    internal override long HeldBytes => _weights.Length + Rows.HeldBytes + (sizeof(int) * (long)_chunks.Length);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void RunRow(int y, Span<sbyte> output)
    {
        for (int i = 0; i < _chunks.Length; i++)
        {
            _chunks[i] = Rows.Start(y, i / _chunksInRow) + (i % _chunksInRow * Window.DilationWidth * Window.InputChannels);
        }

        int blockWeights = _chunks.Length * _chunkLength * Block;
        int width = Window.OutputWidth;
        ScalarRequantization scales = new(_scales);
        for (int channel = 0; channel < Window.OutputChannels; channel += Block)
        {
            ref sbyte weights = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_weights), channel / Block * blockWeights);
            for (int x = 0; x < width; x += 2)
            {
                // The last pixel of an odd row is computed twice.
                bool paired = x + 1 < width;
                Accumulate(ref Unsafe.Add(ref Rows.First, x * Rows.Step), paired ? Rows.Step : 0, ref weights);
                int end = Math.Min(Block, Window.OutputChannels - channel);
                for (int i = 0; i < end; i++)
                {
                    long sum = _sums[i];
                    int lower = (int)sum;
                    output[(x * Window.OutputChannels) + channel + i] = scales.Finish(lower, channel + i);
                    if (paired)
                    {
                        output[((x + 1) * Window.OutputChannels) + channel + i] = scales.Finish((int)((sum - lower) >> 32), channel + i);
                    }
                }
            }
        }
    }

    /// <summary>The accumulators of two pixels, of which the second may be the first again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Accumulate(ref short rows, nint step, ref sbyte weights)
    {
        nint length = _chunkLength;
        long sum0 = 0;
        long sum1 = 0;
        long sum2 = 0;
        long sum3 = 0;
        foreach (int chunk in _chunks)
        {
            ref short first = ref Unsafe.Add(ref rows, chunk);
            ref short second = ref Unsafe.Add(ref first, step);
            for (nint k = 0; k < length; k++)
            {
                long values = Unsafe.Add(ref first, k) + ((long)Unsafe.Add(ref second, k) << 32);
                sum0 += values * weights;
                sum1 += values * Unsafe.Add(ref weights, 1);
                sum2 += values * Unsafe.Add(ref weights, 2);
                sum3 += values * Unsafe.Add(ref weights, 3);
                weights = ref Unsafe.Add(ref weights, Block);
            }
        }

        ref long sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        sums = sum0;
        Unsafe.Add(ref sums, 1) = sum1;
        Unsafe.Add(ref sums, 2) = sum2;
        Unsafe.Add(ref sums, 3) = sum3;
    }
}
