using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels.Arm;

/// <summary>Depthwise convolution of 16-bit data for Arm64 with NEON: eight channels at a time.</summary>
/// <inheritdoc cref="PairDepthwiseConvolution(Window, ReadOnlySpan{sbyte}, RowParameters, Requantizer, ConvolutionWorkspace, int)"/>
internal sealed class NeonPairDepthwiseConvolution(
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
            Vector128<int> sum0 = Vector128.LoadUnsafe(ref bias);
            Vector128<int> sum1 = Vector128.LoadUnsafe(ref bias, 4);
            for (nint pair = 0; pair < pairs; pair++)
            {
                // Weights of both taps alternate.
                ref short factors = ref Unsafe.Add(ref weights, pair * 2 * Block);
                Vector128<short> lower = Vector128.LoadUnsafe(ref factors);
                Vector128<short> upper = Vector128.LoadUnsafe(ref factors, Block);
                Vector128<short> values = Vector128.LoadUnsafe(ref Unsafe.Add(ref data, Unsafe.Add(ref tap, 2 * pair)));
                Vector128<short> factor = AdvSimd.Arm64.UnzipEven(lower, upper);
                sum0 = AdvSimd.MultiplyWideningLowerAndAdd(sum0, values.GetLower(), factor.GetLower());
                sum1 = AdvSimd.MultiplyWideningUpperAndAdd(sum1, values, factor);
                values = Vector128.LoadUnsafe(ref Unsafe.Add(ref data, Unsafe.Add(ref tap, (2 * pair) + 1)));
                factor = AdvSimd.Arm64.UnzipOdd(lower, upper);
                sum0 = AdvSimd.MultiplyWideningLowerAndAdd(sum0, values.GetLower(), factor.GetLower());
                sum1 = AdvSimd.MultiplyWideningUpperAndAdd(sum1, values, factor);
            }

            sum0.StoreUnsafe(ref sums);
            sum1.StoreUnsafe(ref sums, 4);
            sums = ref Unsafe.Add(ref sums, stride);
            data = ref Unsafe.Add(ref data, step);
        }
    }
}
