using System.Runtime.CompilerServices;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// Convolution of 16-bit data in plain C#: two output pixels share a multiplication of 64 bits, one in the lower, one in the upper half. Of the sum the lower
/// half is one pixel's, and the upper, after the lower is taken off, the other's.
/// </summary>
/// <inheritdoc cref="PairConvolution(Window, ReadOnlySpan{sbyte}, RowParameters, Requantizer, ConvolutionWorkspace, int)"/>
internal sealed class ScalarPairConvolution(
    Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    : PairConvolution(window, filter, parameters, requantizer, workspace, Block)
{
    /// <summary>Output channels of a block.</summary>
    private const int Block = 4;

    private const int Half = 32;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void AccumulateTile(
        ref short pixel, nint step, ReadOnlySpan<int> chunks, nint pairs, ref sbyte weights, ref int bias, ref int sums)
    {
        nint stride = PixelStride;
        AccumulateTwo(ref pixel, step, chunks, pairs, ref weights, ref bias, ref sums, stride);
        AccumulateTwo(
            ref Unsafe.Add(ref pixel, 2 * step), step, chunks, pairs, ref weights, ref bias, ref Unsafe.Add(ref sums, 2 * stride), stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void AccumulatePixel(ref short pixel, ReadOnlySpan<int> chunks, nint pairs, ref sbyte weights, ref int bias, ref int sums)
    {
        int sum0 = bias;
        int sum1 = Unsafe.Add(ref bias, 1);
        int sum2 = Unsafe.Add(ref bias, 2);
        int sum3 = Unsafe.Add(ref bias, 3);
        foreach (int chunk in chunks)
        {
            ref short values = ref Unsafe.Add(ref pixel, chunk);
            for (nint pair = 0; pair < pairs; pair++)
            {
                int first = values;
                int second = Unsafe.Add(ref values, 1);
                sum0 += (first * weights) + (second * Unsafe.Add(ref weights, 1));
                sum1 += (first * Unsafe.Add(ref weights, 2)) + (second * Unsafe.Add(ref weights, 3));
                sum2 += (first * Unsafe.Add(ref weights, 4)) + (second * Unsafe.Add(ref weights, 5));
                sum3 += (first * Unsafe.Add(ref weights, 6)) + (second * Unsafe.Add(ref weights, 7));
                values = ref Unsafe.Add(ref values, 2);
                weights = ref Unsafe.Add(ref weights, 2 * Block);
            }
        }

        sums = sum0;
        Unsafe.Add(ref sums, 1) = sum1;
        Unsafe.Add(ref sums, 2) = sum2;
        Unsafe.Add(ref sums, 3) = sum3;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateTwo(
        ref short pixel, nint step, ReadOnlySpan<int> chunks, nint pairs, ref sbyte weights, ref int bias, ref int sums, nint stride)
    {
        long sum0 = 0;
        long sum1 = 0;
        long sum2 = 0;
        long sum3 = 0;
        foreach (int chunk in chunks)
        {
            ref short values0 = ref Unsafe.Add(ref pixel, chunk);
            ref short values1 = ref Unsafe.Add(ref values0, step);
            for (nint pair = 0; pair < pairs; pair++)
            {
                long first = values0 + ((long)values1 << Half);
                long second = Unsafe.Add(ref values0, 1) + ((long)Unsafe.Add(ref values1, 1) << Half);
                sum0 += (first * weights) + (second * Unsafe.Add(ref weights, 1));
                sum1 += (first * Unsafe.Add(ref weights, 2)) + (second * Unsafe.Add(ref weights, 3));
                sum2 += (first * Unsafe.Add(ref weights, 4)) + (second * Unsafe.Add(ref weights, 5));
                sum3 += (first * Unsafe.Add(ref weights, 6)) + (second * Unsafe.Add(ref weights, 7));
                values0 = ref Unsafe.Add(ref values0, 2);
                values1 = ref Unsafe.Add(ref values1, 2);
                weights = ref Unsafe.Add(ref weights, 2 * Block);
            }
        }

        Store(sum0, bias, ref sums, stride);
        Store(sum1, Unsafe.Add(ref bias, 1), ref Unsafe.Add(ref sums, 1), stride);
        Store(sum2, Unsafe.Add(ref bias, 2), ref Unsafe.Add(ref sums, 2), stride);
        Store(sum3, Unsafe.Add(ref bias, 3), ref Unsafe.Add(ref sums, 3), stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(long sum, int bias, ref int sums, nint stride)
    {
        sums = (int)sum + bias;
        Unsafe.Add(ref sums, stride) = (int)((sum - (int)sum) >> Half) + bias;
    }
}
