using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// Convolution without groups for machines that multiply 16-bit elements and add the products in pairs. Data are widened to 16 bits once a row
/// (<see cref="WidenedRows"/>); weights stay 8 bits.
/// </summary>
internal abstract class PairConvolution : RowByRowConvolution
{
    /// <summary>Output pixels of a tile.</summary>
    protected const int Tile = 4;

    /// <summary>The accumulators of a row: part of the first cache.</summary>
    private const int PreferredSums = 4096;

    private Requantizer _requantizer;
    private readonly int _block;
    private readonly int[] _bias;

    /// <summary>[block of channels, chunk of a window, pair of elements, channel of the block, element of the pair].</summary>
    private readonly AlignedArray<sbyte> _weights;

    /// <summary>Where the chunks of a window start: pieces that lie together in the widened rows.</summary>
    private int[] _chunks;

    private readonly int _chunkPairs;
    private readonly int _chunksInRow;

    /// <param name="window">Its sizes.</param>
    /// <param name="filter">The weights [output channels, height, width, input channels].</param>
    /// <param name="parameters">Offsets, bias, multipliers and clamp.</param>
    /// <param name="requantizer">What finishes the accumulators.</param>
    /// <param name="workspace">What the convolutions of the network share.</param>
    /// <param name="block">Output channels that are computed at once.</param>
    protected PairConvolution(
        Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace, int block)
        : base(Joined(window), parameters, workspace)
    {
        window = Window;
        int blocks = (window.OutputChannels + block - 1) / block;
        _block = block;
        _requantizer = requantizer;
        RequireSums();
        _bias = new int[blocks * block];
        if (parameters.HasBias)
        {
            parameters.Bias.CopyTo(_bias);
        }

        requantizer.Start(_bias);

        bool together = window.DilationWidth == 1;
        _chunksInRow = together ? 1 : window.KernelWidth;
        int length = window.InputChannels * (together ? window.KernelWidth : 1);
        _chunks = new int[window.KernelHeight * _chunksInRow];
        _chunkPairs = (length + 1) / 2;
        _weights = new AlignedArray<sbyte>(blocks * _chunks.Length * _chunkPairs * 2 * block);
        Pack(filter, window.OutputChannels, block, _chunks.Length, length, _weights.Span);
    }

    internal sealed override long WeightBytes => _weights.HeldBytes + (sizeof(int) * (long)_bias.Length);

    internal sealed override long ScratchBytes => sizeof(int) * (long)_chunks.Length;

    /// <summary>From the accumulators of one pixel to those of the next.</summary>
    protected int PixelStride => _requantizer.PixelStride;

    protected sealed override void TakeScratch()
    {
        _requantizer = _requantizer.Copy();
        _chunks = new int[_chunks.Length];
        RequireSums();
    }

    protected sealed override void RunRow(int y, Span<sbyte> output)
    {
        for (int i = 0; i < _chunks.Length; i++)
        {
            _chunks[i] = Rows.Start(y, i / _chunksInRow) + (i % _chunksInRow * Window.DilationWidth * Window.InputChannels);
        }

        // The last block first: it may reach into the first channels of the next pixel.
        for (int channel = _bias.Length - _block; channel >= 0; channel -= _block)
        {
            int x = 0;
            for (; x <= Window.OutputWidth - Tile; x += Tile)
            {
                AccumulateTile(x, channel);
            }

            if (x < Window.OutputWidth && Window.OutputWidth >= Tile)
            {
                // The last tile computes some pixels again.
                AccumulateTile(Window.OutputWidth - Tile, channel);
                continue;
            }

            for (; x < Window.OutputWidth; x++)
            {
                AccumulatePixel(ref Pixel(x), _chunks, _chunkPairs, ref Weights(channel), ref Bias(channel), ref Sums(x, channel));
            }
        }

        _requantizer.Run(Workspace.Sums.Span, output);
    }

    /// <summary>Computes the accumulators of a tile for a block of channels.</summary>
    /// <param name="pixel">The window of the first pixel.</param>
    /// <param name="step">From the window of one pixel to that of the next.</param>
    /// <param name="chunks">Where the chunks of a window start.</param>
    /// <param name="pairs">The pairs of a chunk.</param>
    /// <param name="weights">[chunk, pair, channel of the block, element of the pair].</param>
    /// <param name="bias">What the accumulators start with, a block.</param>
    /// <param name="sums">The accumulators, one pixel <see cref="PixelStride"/> after the other.</param>
    protected abstract void AccumulateTile(
        ref short pixel, nint step, ReadOnlySpan<int> chunks, nint pairs, ref sbyte weights, ref int bias, ref int sums);

    /// <summary>As <see cref="AccumulateTile(ref short, nint, ReadOnlySpan{int}, nint, ref sbyte, ref int, ref int)"/>, for one pixel.</summary>
    protected abstract void AccumulatePixel(ref short pixel, ReadOnlySpan<int> chunks, nint pairs, ref sbyte weights, ref int bias, ref int sums);

    /// <summary>Orders the weights as kernels read them.</summary>
    /// <param name="filter">The weights [output channels, chunk, element].</param>
    /// <param name="channels">The output channels.</param>
    /// <param name="block">Output channels of a block.</param>
    /// <param name="chunks">The chunks of a window.</param>
    /// <param name="length">The elements of a chunk.</param>
    /// <param name="packed">[block of channels, chunk, pair of elements, channel of the block, element of the pair], all 0.</param>
    private static void Pack(ReadOnlySpan<sbyte> filter, int channels, int block, int chunks, int length, Span<sbyte> packed)
    {
        int pairs = (length + 1) / 2;
        int blockLength = chunks * pairs * block * 2;
        for (int channel = 0; channel < channels; channel++)
        {
            int target = (channel / block * blockLength) + (channel % block * 2);
            for (int chunk = 0; chunk < chunks; chunk++)
            {
                ReadOnlySpan<short> whole = MemoryMarshal.Cast<sbyte, short>(filter[..length]);
                foreach (short pair in whole)
                {
                    MemoryMarshal.Write(MemoryMarshal.AsBytes(packed[target..]), pair);
                    target += block * 2;
                }

                if (whole.Length < pairs)
                {
                    packed[target] = filter[length - 1];
                    target += block * 2;
                }

                filter = filter[length..];
            }
        }
    }

    /// <summary>
    /// The window over rows that are joined to longer ones, where it is a single pixel that skips none: fewer pixels are left over at the ends of rows then.
    /// </summary>
    private static Window Joined(Window window)
    {
        if (!WindowReach.IsPixels(window))
        {
            return WindowReach.AsRow(window);
        }

        int rows = window.Batches * window.InputHeight;
        int joined = Math.Clamp(PreferredSums / window.OutputWidth / window.OutputChannels, 1, rows);
        while (rows % joined != 0)
        {
            joined--;
        }

        return new Window(rows / joined, joined * window.InputWidth, window.InputChannels, window.OutputChannels);
    }

    private void RequireSums()
    {
        Workspace.RequireSums((Window.OutputWidth * _requantizer.PixelStride) + Requantizer.Lanes);
    }

    private void AccumulateTile(int x, int channel)
    {
        AccumulateTile(ref Pixel(x), Rows.Step, _chunks, _chunkPairs, ref Weights(channel), ref Bias(channel), ref Sums(x, channel));
    }

    private ref short Pixel(int x)
    {
        return ref Unsafe.Add(ref Rows.First, x * Rows.Step);
    }

    private ref sbyte Weights(int channel)
    {
        return ref Unsafe.Add(ref _weights.First, channel * _chunks.Length * _chunkPairs * 2);
    }

    private ref int Bias(int channel)
    {
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bias), channel);
    }

    private ref int Sums(int x, int channel)
    {
        return ref Unsafe.Add(ref Workspace.Sums.First, (x * PixelStride) + channel);
    }
}
