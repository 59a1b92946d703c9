using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels.Arm;

/// <summary>
/// Convolution of 16-bit data for Arm64 with NEON: accumulators of four pixels by eight channels stay in registers. Those of the first and of the second
/// elements of pairs are apart until the end.
/// </summary>
/// <inheritdoc cref="PairConvolution(Window, ReadOnlySpan{sbyte}, RowParameters, Requantizer, ConvolutionWorkspace, int)"/>
internal sealed class NeonPairConvolution(
    Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    : PairConvolution(window, filter, parameters, requantizer, workspace, Block)
{
    /// <summary>Output channels of a block.</summary>
    private const int Block = 8;

    /// <inheritdoc/>
    /// <remarks>Calls nothing in its loop, because accumulators would have to leave their registers for it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void AccumulateTile(
        ref short pixel, nint step, ReadOnlySpan<int> chunks, nint pairs, ref sbyte weights, ref int bias, ref int sums)
    {
        nint stride = PixelStride;
        Vector128<int> sum00 = Vector128<int>.Zero;
        Vector128<int> sum01 = sum00;
        Vector128<int> sum02 = sum00;
        Vector128<int> sum03 = sum00;
        Vector128<int> sum10 = sum00;
        Vector128<int> sum11 = sum00;
        Vector128<int> sum12 = sum00;
        Vector128<int> sum13 = sum00;
        Vector128<int> sum20 = sum00;
        Vector128<int> sum21 = sum00;
        Vector128<int> sum22 = sum00;
        Vector128<int> sum23 = sum00;
        Vector128<int> sum30 = sum00;
        Vector128<int> sum31 = sum00;
        Vector128<int> sum32 = sum00;
        Vector128<int> sum33 = sum00;
        foreach (int chunk in chunks)
        {
            ref int pixel0 = ref Unsafe.As<short, int>(ref Unsafe.Add(ref pixel, chunk));
            ref int pixel1 = ref Unsafe.As<short, int>(ref Unsafe.Add(ref pixel, chunk + step));
            ref int pixel2 = ref Unsafe.As<short, int>(ref Unsafe.Add(ref pixel, chunk + (2 * step)));
            ref int pixel3 = ref Unsafe.As<short, int>(ref Unsafe.Add(ref pixel, chunk + (3 * step)));
            for (nint pair = 0; pair < pairs; pair++)
            {
                Vector128<sbyte> bytes = Vector128.LoadUnsafe(ref weights);
                Vector128<short> lower = AdvSimd.SignExtendWideningLower(bytes.GetLower());
                Vector128<short> upper = AdvSimd.SignExtendWideningUpper(bytes);
                weights = ref Unsafe.Add(ref weights, 2 * Block);
                Vector128<short> values = Vector128.Create(Unsafe.Add(ref pixel0, pair)).AsInt16();
                sum00 = AdvSimd.MultiplyWideningLowerAndAdd(sum00, values.GetLower(), lower.GetLower());
                sum01 = AdvSimd.MultiplyWideningUpperAndAdd(sum01, values, lower);
                sum02 = AdvSimd.MultiplyWideningLowerAndAdd(sum02, values.GetLower(), upper.GetLower());
                sum03 = AdvSimd.MultiplyWideningUpperAndAdd(sum03, values, upper);
                values = Vector128.Create(Unsafe.Add(ref pixel1, pair)).AsInt16();
                sum10 = AdvSimd.MultiplyWideningLowerAndAdd(sum10, values.GetLower(), lower.GetLower());
                sum11 = AdvSimd.MultiplyWideningUpperAndAdd(sum11, values, lower);
                sum12 = AdvSimd.MultiplyWideningLowerAndAdd(sum12, values.GetLower(), upper.GetLower());
                sum13 = AdvSimd.MultiplyWideningUpperAndAdd(sum13, values, upper);
                values = Vector128.Create(Unsafe.Add(ref pixel2, pair)).AsInt16();
                sum20 = AdvSimd.MultiplyWideningLowerAndAdd(sum20, values.GetLower(), lower.GetLower());
                sum21 = AdvSimd.MultiplyWideningUpperAndAdd(sum21, values, lower);
                sum22 = AdvSimd.MultiplyWideningLowerAndAdd(sum22, values.GetLower(), upper.GetLower());
                sum23 = AdvSimd.MultiplyWideningUpperAndAdd(sum23, values, upper);
                values = Vector128.Create(Unsafe.Add(ref pixel3, pair)).AsInt16();
                sum30 = AdvSimd.MultiplyWideningLowerAndAdd(sum30, values.GetLower(), lower.GetLower());
                sum31 = AdvSimd.MultiplyWideningUpperAndAdd(sum31, values, lower);
                sum32 = AdvSimd.MultiplyWideningLowerAndAdd(sum32, values.GetLower(), upper.GetLower());
                sum33 = AdvSimd.MultiplyWideningUpperAndAdd(sum33, values, upper);
            }
        }

        Vector128<int> bias0 = Vector128.LoadUnsafe(ref bias);
        Vector128<int> bias1 = Vector128.LoadUnsafe(ref bias, 4);
        (AdvSimd.Arm64.AddPairwise(sum00, sum01) + bias0).StoreUnsafe(ref sums);
        (AdvSimd.Arm64.AddPairwise(sum02, sum03) + bias1).StoreUnsafe(ref sums, 4);
        (AdvSimd.Arm64.AddPairwise(sum10, sum11) + bias0).StoreUnsafe(ref Unsafe.Add(ref sums, stride));
        (AdvSimd.Arm64.AddPairwise(sum12, sum13) + bias1).StoreUnsafe(ref Unsafe.Add(ref sums, stride), 4);
        (AdvSimd.Arm64.AddPairwise(sum20, sum21) + bias0).StoreUnsafe(ref Unsafe.Add(ref sums, 2 * stride));
        (AdvSimd.Arm64.AddPairwise(sum22, sum23) + bias1).StoreUnsafe(ref Unsafe.Add(ref sums, 2 * stride), 4);
        (AdvSimd.Arm64.AddPairwise(sum30, sum31) + bias0).StoreUnsafe(ref Unsafe.Add(ref sums, 3 * stride));
        (AdvSimd.Arm64.AddPairwise(sum32, sum33) + bias1).StoreUnsafe(ref Unsafe.Add(ref sums, 3 * stride), 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void AccumulatePixel(ref short pixel, ReadOnlySpan<int> chunks, nint pairs, ref sbyte weights, ref int bias, ref int sums)
    {
        Vector128<int> sum00 = Vector128<int>.Zero;
        Vector128<int> sum01 = sum00;
        Vector128<int> sum02 = sum00;
        Vector128<int> sum03 = sum00;
        foreach (int chunk in chunks)
        {
            ref int pixel0 = ref Unsafe.As<short, int>(ref Unsafe.Add(ref pixel, chunk));
            for (nint pair = 0; pair < pairs; pair++)
            {
                Vector128<sbyte> bytes = Vector128.LoadUnsafe(ref weights);
                Vector128<short> lower = AdvSimd.SignExtendWideningLower(bytes.GetLower());
                Vector128<short> upper = AdvSimd.SignExtendWideningUpper(bytes);
                weights = ref Unsafe.Add(ref weights, 2 * Block);
                Vector128<short> values = Vector128.Create(Unsafe.Add(ref pixel0, pair)).AsInt16();
                sum00 = AdvSimd.MultiplyWideningLowerAndAdd(sum00, values.GetLower(), lower.GetLower());
                sum01 = AdvSimd.MultiplyWideningUpperAndAdd(sum01, values, lower);
                sum02 = AdvSimd.MultiplyWideningLowerAndAdd(sum02, values.GetLower(), upper.GetLower());
                sum03 = AdvSimd.MultiplyWideningUpperAndAdd(sum03, values, upper);
            }
        }

        (AdvSimd.Arm64.AddPairwise(sum00, sum01) + Vector128.LoadUnsafe(ref bias)).StoreUnsafe(ref sums);
        (AdvSimd.Arm64.AddPairwise(sum02, sum03) + Vector128.LoadUnsafe(ref bias, 4)).StoreUnsafe(ref sums, 4);
    }
}
