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

    private readonly ChannelScales _scales;

    /// <summary>[block of channels, chunk of a window, pair of elements, channel of the block, element of the pair].</summary>
    private readonly sbyte[] _weights;

    /// <summary>Where the chunks of a window start: pieces that lie together in the widened rows.</summary>
    private readonly int[] _chunks;
    private readonly int[] _sums = new int[Tile * Block];
    private readonly int _chunkPairs;
    private readonly int _chunksInRow;

    internal Avx2Convolution(Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters)
        : base(window, parameters)
    {
        int blocks = (window.OutputChannels + Block - 1) / Block;
        _scales = new ChannelScales(parameters, blocks * Block);
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

    protected override void RunRow(int y, Span<sbyte> output)
    {
        for (int i = 0; i < _chunks.Length; i++)
        {
            _chunks[i] = Rows.Start(y, i / _chunksInRow) + (i % _chunksInRow * Window.DilationWidth * Window.InputChannels);
        }

        int blockWeights = _chunks.Length * _chunkPairs * 2 * Block;
        for (int channel = 0; channel < Window.OutputChannels; channel += Block)
        {
            ref sbyte weights = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_weights), channel / Block * blockWeights);
            int x = 0;
            for (; x <= Window.OutputWidth - Tile; x += Tile)
            {
                RunTile(x, channel, ref weights, output);
            }

            if (x < Window.OutputWidth && Window.OutputWidth >= Tile)
            {
                // The last tile computes some pixels again.
                RunTile(Window.OutputWidth - Tile, channel, ref weights, output);
                continue;
            }

            for (; x < Window.OutputWidth; x++)
            {
                RunPixel(x, channel, ref weights, output);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunTile(int x, int channel, ref sbyte weights, Span<sbyte> output)
    {
        Accumulate(ref Unsafe.Add(ref Rows.First, x * Rows.Step), ref weights);
        ref int sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        Avx2Requantization scales = new(_scales);
        for (int pixel = 0; pixel < Tile; pixel++)
        {
            Vector256<int> sum0 = Vector256.LoadUnsafe(ref sums, (nuint)(pixel * Block));
            Vector256<int> sum1 = Vector256.LoadUnsafe(ref sums, (nuint)((pixel * Block) + Vector256<int>.Count));
            Store(scales.Finish(sum0, sum1, (nuint)channel), x + pixel, channel, output);
        }
    }

    /// <summary>The accumulators of a tile. Calls nothing, because accumulators would have to leave their registers for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Accumulate(ref short rows, ref sbyte weights)
    {
        nint step = Rows.Step;
        nint pairs = _chunkPairs;
        Vector256<int> sum00 = Vector256<int>.Zero;
        Vector256<int> sum01 = Vector256<int>.Zero;
        Vector256<int> sum10 = Vector256<int>.Zero;
        Vector256<int> sum11 = Vector256<int>.Zero;
        Vector256<int> sum20 = Vector256<int>.Zero;
        Vector256<int> sum21 = Vector256<int>.Zero;
        Vector256<int> sum30 = Vector256<int>.Zero;
        Vector256<int> sum31 = Vector256<int>.Zero;
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

        ref int sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        sum00.StoreUnsafe(ref sums);
        sum01.StoreUnsafe(ref sums, 8);
        sum10.StoreUnsafe(ref sums, 16);
        sum11.StoreUnsafe(ref sums, 24);
        sum20.StoreUnsafe(ref sums, 32);
        sum21.StoreUnsafe(ref sums, 40);
        sum30.StoreUnsafe(ref sums, 48);
        sum31.StoreUnsafe(ref sums, 56);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunPixel(int x, int channel, ref sbyte weights, Span<sbyte> output)
    {
        ref short rows = ref Unsafe.Add(ref Rows.First, x * Rows.Step);
        Vector256<int> sum0 = Vector256<int>.Zero;
        Vector256<int> sum1 = Vector256<int>.Zero;
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

        Store(new Avx2Requantization(_scales).Finish(sum0, sum1, (nuint)channel), x, channel, output);
    }

    private void Store(Vector128<sbyte> values, int x, int channel, Span<sbyte> output)
    {
        Avx2Requantization.Store(values, output[((x * Window.OutputChannels) + channel)..], Window.OutputChannels - channel);
    }
}
