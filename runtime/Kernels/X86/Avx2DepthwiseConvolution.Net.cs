using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>Depthwise convolution for AVX2: sixteen channels at a time.</summary>
/// <inheritdoc cref="PairDepthwiseConvolution(Window, ReadOnlySpan{sbyte}, RowParameters, Requantizer, ConvolutionWorkspace, int)"/>
internal sealed class Avx2DepthwiseConvolution(
    Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    : PairDepthwiseConvolution(window, filter, parameters, requantizer, workspace, Block)
{
    /// <summary>Channels of a block.</summary>
    private const int Block = 16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void AccumulateBlock(
        ref short data, nint step, int pixels, ReadOnlySpan<int> taps, ref short weights, ref int bias, ref int sums, nint stride)
    {
        nint pairs = taps.Length / 2;
        ref int tap = ref MemoryMarshal.GetReference(taps);
        for (; pixels > 0; pixels--)
        {
            Vector256<int> sum0 = Vector256<int>.Zero;
            Vector256<int> sum1 = Vector256<int>.Zero;
            for (nint pair = 0; pair < pairs; pair++)
            {
                Vector256<short> first = Vector256.LoadUnsafe(ref Unsafe.Add(ref data, Unsafe.Add(ref tap, 2 * pair)));
                Vector256<short> second = Vector256.LoadUnsafe(ref Unsafe.Add(ref data, Unsafe.Add(ref tap, (2 * pair) + 1)));
                ref short factors = ref Unsafe.Add(ref weights, pair * 2 * Block);
                sum0 += Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(first, second), Vector256.LoadUnsafe(ref factors));
                sum1 += Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(first, second), Vector256.LoadUnsafe(ref factors, Block));
            }

            (Avx2.Permute2x128(sum0, sum1, 0x20) + Vector256.LoadUnsafe(ref bias)).StoreUnsafe(ref sums);
            (Avx2.Permute2x128(sum0, sum1, 0x31) + Vector256.LoadUnsafe(ref bias, 8)).StoreUnsafe(ref sums, 8);
            sums = ref Unsafe.Add(ref sums, stride);
            data = ref Unsafe.Add(ref data, step);
        }
    }
}
