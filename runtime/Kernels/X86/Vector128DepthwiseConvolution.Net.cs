using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>Depthwise convolution for 128-bit vectors: eight channels at a time.</summary>
/// <inheritdoc cref="PairDepthwiseConvolution(Window, ReadOnlySpan{sbyte}, RowParameters, Requantizer, ConvolutionWorkspace, int)"/>
internal sealed class Vector128DepthwiseConvolution(
    Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    : PairDepthwiseConvolution(window, filter, parameters, requantizer, workspace, Block)
{
    /// <summary>Channels of a block.</summary>
    private const int Block = 8;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void AccumulateBlock(
        ref short data, nint step, int pixels, ReadOnlySpan<int> taps, ref short weights, ref int bias, ref int sums, nint stride)
    {
        nint pairs = taps.Length / 2;
        ref int tap = ref MemoryMarshal.GetReference(taps);
        for (; pixels > 0; pixels--)
        {
            Vector128<int> sum0 = Vector128<int>.Zero;
            Vector128<int> sum1 = Vector128<int>.Zero;
            for (nint pair = 0; pair < pairs; pair++)
            {
                Vector128<short> first = Vector128.LoadUnsafe(ref Unsafe.Add(ref data, Unsafe.Add(ref tap, 2 * pair)));
                Vector128<short> second = Vector128.LoadUnsafe(ref Unsafe.Add(ref data, Unsafe.Add(ref tap, (2 * pair) + 1)));
                ref short factors = ref Unsafe.Add(ref weights, pair * 2 * Block);
                sum0 += Sse2.MultiplyAddAdjacent(Sse2.UnpackLow(first, second), Vector128.LoadUnsafe(ref factors));
                sum1 += Sse2.MultiplyAddAdjacent(Sse2.UnpackHigh(first, second), Vector128.LoadUnsafe(ref factors, Block));
            }

            (sum0 + Vector128.LoadUnsafe(ref bias)).StoreUnsafe(ref sums);
            (sum1 + Vector128.LoadUnsafe(ref bias, 4)).StoreUnsafe(ref sums, 4);
            sums = ref Unsafe.Add(ref sums, stride);
            data = ref Unsafe.Add(ref data, step);
        }
    }
}
