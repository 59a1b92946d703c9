using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>
/// Depthwise convolution for AVX2, one output channel for each input channel: sixteen channels of a pixel stay in registers while the taps of the
/// window are multiplied, two at a time. Data are widened to 16 bits once a row (<see cref="WidenedRows"/>), and so are weights, once.
/// </summary>
internal sealed class Avx2DepthwiseConvolution : RowByRowConvolution
{
    /// <summary>Channels of a block.</summary>
    private const int Block = 16;

    private readonly Requantizer _requantizer;
    private readonly int[] _bias;

    /// <summary>The accumulators of a row of outputs.</summary>
    private readonly int[] _sums;

    /// <summary>
    /// [block of channels, pair of taps, 32 products]: first what meets the lower, then what meets the upper half of two interleaved taps, as the
    /// unpack instructions of AVX2 order them: channels 0 to 3 and 8 to 11; 4 to 7 and 12 to 15.
    /// </summary>
    private readonly short[] _weights;

    /// <summary>Where each tap of the window of a row's first output lies in the widened rows; an odd number is filled up with the last.</summary>
    private readonly int[] _taps;

    internal Avx2DepthwiseConvolution(Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer)
        : base(window, parameters)
    {
        int channels = window.OutputChannels;
        int blocks = (channels + Block - 1) / Block;
        int pairs = ((window.KernelHeight * window.KernelWidth) + 1) / 2;
        _requantizer = requantizer;
        _sums = new int[(window.OutputWidth * requantizer.PixelStride) + Block];
        _bias = new int[blocks * Block];
        if (parameters.HasBias)
        {
            parameters.Bias.CopyTo(_bias);
        }

        _taps = new int[2 * pairs];
        _weights = new short[blocks * pairs * 2 * Block];
        for (int i = 0; i < filter.Length; i++)
        {
            int tap = i / channels;
            int channel = i % channels;
            int lane = channel % Block;
            int half = lane / 4 % 2;
            int place = (lane / 8 * 8) + (lane % 4 * 2) + (tap % 2);
            _weights[(((((channel / Block * pairs) + (tap / 2)) * 2) + half) * Block) + place] = filter[i];
        }
    }

    internal override long HeldBytes => (sizeof(short) * (long)_weights.Length) + Rows.HeldBytes + (sizeof(int) * ((long)_bias.Length + _taps.Length + _sums.Length));

    protected override void RunRow(int y, Span<sbyte> output)
    {
        int last = (Window.KernelHeight * Window.KernelWidth) - 1;
        for (int i = 0; i < _taps.Length; i++)
        {
            int tap = Math.Min(i, last);
            _taps[i] = Rows.Start(y, tap / Window.KernelWidth) + (tap % Window.KernelWidth * Window.DilationWidth * Window.InputChannels);
        }

        // The last block first: it may reach into the first channels of the next pixel.
        for (int channel = _bias.Length - Block; channel >= 0; channel -= Block)
        {
            AccumulateBlock(channel);
        }

        _requantizer.Run(_sums, output);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AccumulateBlock(int channel)
    {
        nint pairs = _taps.Length / 2;
        ref short weights = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_weights), channel / Block * pairs * 2 * Block);
        ref int taps = ref MemoryMarshal.GetArrayDataReference(_taps);
        ref short data = ref Unsafe.Add(ref Rows.First, channel);
        ref int sums = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_sums), channel);
        ref int bias = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bias), channel);
        nint stride = _requantizer.PixelStride;
        for (int x = Window.OutputWidth; x > 0; x--)
        {
            Vector256<int> sum0 = Vector256<int>.Zero;
            Vector256<int> sum1 = Vector256<int>.Zero;
            for (nint pair = 0; pair < pairs; pair++)
            {
                Vector256<short> first = Vector256.LoadUnsafe(ref Unsafe.Add(ref data, Unsafe.Add(ref taps, 2 * pair)));
                Vector256<short> second = Vector256.LoadUnsafe(ref Unsafe.Add(ref data, Unsafe.Add(ref taps, (2 * pair) + 1)));
                ref short factors = ref Unsafe.Add(ref weights, pair * 2 * Block);
                sum0 += Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(first, second), Vector256.LoadUnsafe(ref factors));
                sum1 += Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(first, second), Vector256.LoadUnsafe(ref factors, Block));
            }

            (Avx2.Permute2x128(sum0, sum1, 0x20) + Vector256.LoadUnsafe(ref bias)).StoreUnsafe(ref sums);
            (Avx2.Permute2x128(sum0, sum1, 0x31) + Vector256.LoadUnsafe(ref bias, 8)).StoreUnsafe(ref sums, 8);
            sums = ref Unsafe.Add(ref sums, stride);
            data = ref Unsafe.Add(ref data, Rows.Step);
        }
    }
}
