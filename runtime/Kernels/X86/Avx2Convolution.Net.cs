using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>
/// Convolution without groups for AVX2: four output pixels by sixteen output channels stay in registers while the elements of the window
/// are multiplied, two at a time. Data are widened to 16 bits once a row (<see cref="WidenedRows"/>); weights stay 8 bits.
/// </summary>
internal sealed class Avx2Convolution : RowByRowConvolution
{
    /// <summary>Output channels of a block.</summary>
    private const int Block = 16;

    /// <summary>Output pixels of a tile.</summary>
    private const int Tile = 4;

    private readonly Requantizer _requantizer;
    private readonly int[] _bias;

    /// <summary>[block of channels, chunk of a window, pair of elements, channel of the block, element of the pair].</summary>
    private readonly sbyte[] _weights;

    /// <summary>Where the chunks of a window start: pieces that lie together in the widened rows.</summary>
    private readonly int[] _chunks;

    /// <summary>The accumulators of a row of outputs.</summary>
    private readonly int[] _sums;
    private readonly int _chunkPairs;
    private readonly int _chunksInRow;

    internal Avx2Convolution(Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer)
        : base(window, parameters)
    {
        int blocks = (window.OutputChannels + Block - 1) / Block;
        _requantizer = requantizer;
        _sums = new int[(window.OutputWidth * requantizer.PixelStride) + Block];
        _bias = new int[blocks * Block];
        if (parameters.HasBias)
        {
            parameters.Bias.CopyTo(_bias);
        }

        bool together = window.DilationWidth == 1;
        _chunksInRow = together ? 1 : window.KernelWidth;
        int length = window.InputChannels * (together ? window.KernelWidth : 1);
        _chunks = new int[window.KernelHeight * _chunksInRow];
        _chunkPairs = (length + 1) / 2;
        _weights = new sbyte[blocks * _chunks.Length * _chunkPairs * 2 * Block];
        for (int channel = 0; channel < window.OutputChannels; channel++)
        {
            ReadOnlySpan<sbyte> taps = filter.Slice(channel * _chunks.Length * length, _chunks.Length * length);
            for (int i = 0; i < taps.Length; i++)
            {
                int pair = ((((channel / Block * _chunks.Length) + (i / length)) * _chunkPairs) + (i % length / 2)) * Block;
                _weights[((pair + (channel % Block)) * 2) + (i % length % 2)] = taps[i];
            }
        }
    }

    internal override long HeldBytes => _weights.Length + Rows.HeldBytes + (sizeof(int) * ((long)_bias.Length + _chunks.Length + _sums.Length));

    protected override void RunRow(int y, Span<sbyte> output)
    {
        for (int i = 0; i < _chunks.Length; i++)
        {
            _chunks[i] = Rows.Start(y, i / _chunksInRow) + (i % _chunksInRow * Window.DilationWidth * Window.InputChannels);
        }

        // The last block first: it may reach into the first channels of the next pixel.
        int blockWeights = _chunks.Length * _chunkPairs * 2 * Block;
        for (int block = (_bias.Length / Block) - 1; block >= 0; block--)
        {
            ref sbyte weights = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_weights), block * blockWeights);
            ref int bias = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bias), block * Block);
            int x = 0;
            for (; x <= Window.OutputWidth - Tile; x += Tile)
            {
                AccumulateTile(x, block, ref weights, ref bias);
            }

            if (x < Window.OutputWidth && Window.OutputWidth >= Tile)
            {
                // The last tile computes some pixels again.
                AccumulateTile(Window.OutputWidth - Tile, block, ref weights, ref bias);
                continue;
            }

            for (; x < Window.OutputWidth; x++)
            {
                AccumulatePixel(x, block, ref weights, ref bias);
            }
        }

        _requantizer.Run(_sums, output);
    }

    private ref int Sums(int x, int block)
    {
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_sums), (x * _requantizer.PixelStride) + (block * Block));
    }

    /// <summary>Calls nothing in its loop, because accumulators would have to leave their registers for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AccumulateTile(int x, int block, ref sbyte weights, ref int bias)
    {
        ref short rows = ref Unsafe.Add(ref Rows.First, x * Rows.Step);
        nint step = Rows.Step;
        nint pairs = _chunkPairs;
        Vector256<int> sum00 = Vector256.LoadUnsafe(ref bias);
        Vector256<int> sum01 = Vector256.LoadUnsafe(ref bias, 8);
        Vector256<int> sum10 = sum00;
        Vector256<int> sum11 = sum01;
        Vector256<int> sum20 = sum00;
        Vector256<int> sum21 = sum01;
        Vector256<int> sum30 = sum00;
        Vector256<int> sum31 = sum01;
        foreach (int chunk in _chunks)
        {
            ref int pixel0 = ref Unsafe.As<short, int>(ref Unsafe.Add(ref rows, chunk));
            ref int pixel1 = ref Unsafe.As<short, int>(ref Unsafe.Add(ref rows, chunk + step));
            ref int pixel2 = ref Unsafe.As<short, int>(ref Unsafe.Add(ref rows, chunk + (2 * step)));
            ref int pixel3 = ref Unsafe.As<short, int>(ref Unsafe.Add(ref rows, chunk + (3 * step)));
            for (nint pair = 0; pair < pairs; pair++)
            {
                Vector256<short> weights0 = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref weights));
                Vector256<short> weights1 = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref weights, 16));
                weights = ref Unsafe.Add(ref weights, 2 * Block);
                Vector256<short> values = Vector256.Create(Unsafe.Add(ref pixel0, pair)).AsInt16();
                sum00 += Avx2.MultiplyAddAdjacent(values, weights0);
                sum01 += Avx2.MultiplyAddAdjacent(values, weights1);
                values = Vector256.Create(Unsafe.Add(ref pixel1, pair)).AsInt16();
                sum10 += Avx2.MultiplyAddAdjacent(values, weights0);
                sum11 += Avx2.MultiplyAddAdjacent(values, weights1);
                values = Vector256.Create(Unsafe.Add(ref pixel2, pair)).AsInt16();
                sum20 += Avx2.MultiplyAddAdjacent(values, weights0);
                sum21 += Avx2.MultiplyAddAdjacent(values, weights1);
                values = Vector256.Create(Unsafe.Add(ref pixel3, pair)).AsInt16();
                sum30 += Avx2.MultiplyAddAdjacent(values, weights0);
                sum31 += Avx2.MultiplyAddAdjacent(values, weights1);
            }
        }

        nint stride = _requantizer.PixelStride;
        ref int sums = ref Sums(x, block);
        sum00.StoreUnsafe(ref sums);
        sum01.StoreUnsafe(ref sums, 8);
        sum10.StoreUnsafe(ref Unsafe.Add(ref sums, stride));
        sum11.StoreUnsafe(ref Unsafe.Add(ref sums, stride), 8);
        sum20.StoreUnsafe(ref Unsafe.Add(ref sums, 2 * stride));
        sum21.StoreUnsafe(ref Unsafe.Add(ref sums, 2 * stride), 8);
        sum30.StoreUnsafe(ref Unsafe.Add(ref sums, 3 * stride));
        sum31.StoreUnsafe(ref Unsafe.Add(ref sums, 3 * stride), 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AccumulatePixel(int x, int block, ref sbyte weights, ref int bias)
    {
        ref short rows = ref Unsafe.Add(ref Rows.First, x * Rows.Step);
        Vector256<int> sum0 = Vector256.LoadUnsafe(ref bias);
        Vector256<int> sum1 = Vector256.LoadUnsafe(ref bias, 8);
        foreach (int chunk in _chunks)
        {
            ref int pixel = ref Unsafe.As<short, int>(ref Unsafe.Add(ref rows, chunk));
            for (nint pair = 0; pair < _chunkPairs; pair++)
            {
                Vector256<short> values = Vector256.Create(Unsafe.Add(ref pixel, pair)).AsInt16();
                sum0 += Avx2.MultiplyAddAdjacent(values, Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref weights)));
                sum1 += Avx2.MultiplyAddAdjacent(values, Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref weights, 16)));
                weights = ref Unsafe.Add(ref weights, 2 * Block);
            }
        }

        ref int sums = ref Sums(x, block);
        sum0.StoreUnsafe(ref sums);
        sum1.StoreUnsafe(ref sums, 8);
    }
}
