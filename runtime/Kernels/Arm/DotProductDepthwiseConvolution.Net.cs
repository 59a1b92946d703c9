using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels.Arm;

/// <summary>Depthwise convolution for Arm64 with dot products (SDOT).</summary>
/// <inheritdoc cref="QuadDepthwiseConvolution(Window, ReadOnlySpan{sbyte}, RowParameters, Requantizer, ConvolutionWorkspace, byte)"/>
internal sealed class DotProductDepthwiseConvolution(
    Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    : QuadDepthwiseConvolution(window, filter, parameters, requantizer, workspace, 0)
{
    /// <summary>The windows that are computed at once where they share columns.</summary>
    private const int Neighbours = 3;

    protected override void Interleave(ref sbyte row0, ref sbyte row1, ref sbyte row2, ref sbyte row3, ref byte target, int count)
    {
        NeonQuads.Interleave(ref row0, ref row1, ref row2, ref row3, ref target, count);
    }

    protected override void Accumulate(
        ref byte quads, nint step, int pixels, int blocks, ReadOnlySpan<int> taps, ref sbyte weights, ref int bias, ref int sums, nint stride)
    {
        nint sumsStep = stride * sizeof(int);
        if (taps.Length != 3)
        {
            AccumulateAny(ref quads, step, pixels, blocks, taps, ref weights, ref bias, ref sums, sumsStep);
        }
        else if (taps[1] == step)
        {
            AccumulateNeighbours(ref quads, step, pixels, blocks, ref weights, ref bias, ref sums, sumsStep);
        }
        else
        {
            AccumulateThree(ref quads, step, pixels, blocks, taps[1], taps[2], ref weights, ref bias, ref sums, sumsStep);
        }
    }

    /// <summary>The kernel of most networks, three columns and up to four rows: the weights stay in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateThree(
        ref byte quads, nint step, int pixels, int blocks, nint tap1, nint tap2, ref sbyte weights, ref int bias, ref int sums, nint sumsStep)
    {
        for (; blocks > 0; blocks--)
        {
            Vector128<int> bias0 = Vector128.LoadUnsafe(ref bias);
            Vector128<int> bias1 = Vector128.LoadUnsafe(ref bias, 4);
            Vector128<sbyte> weights00 = Vector128.LoadUnsafe(ref weights);
            Vector128<sbyte> weights01 = Vector128.LoadUnsafe(ref weights, 16);
            Vector128<sbyte> weights10 = Vector128.LoadUnsafe(ref weights, 32);
            Vector128<sbyte> weights11 = Vector128.LoadUnsafe(ref weights, 48);
            Vector128<sbyte> weights20 = Vector128.LoadUnsafe(ref weights, 64);
            Vector128<sbyte> weights21 = Vector128.LoadUnsafe(ref weights, 80);
            ref byte first = ref quads;
            ref int target = ref sums;
            for (int left = pixels; left > 0; left--)
            {
                ref byte second = ref Unsafe.Add(ref first, tap1);
                ref byte third = ref Unsafe.Add(ref first, tap2);
                Vector128<int> sum0 = Dp.DotProduct(bias0, Load(ref first, 0), weights00);
                Vector128<int> sum1 = Dp.DotProduct(bias1, Load(ref first, 16), weights01);
                sum0 = Dp.DotProduct(sum0, Load(ref second, 0), weights10);
                sum1 = Dp.DotProduct(sum1, Load(ref second, 16), weights11);
                sum0 = Dp.DotProduct(sum0, Load(ref third, 0), weights20);
                sum1 = Dp.DotProduct(sum1, Load(ref third, 16), weights21);
                sum0.StoreUnsafe(ref target);
                sum1.StoreUnsafe(ref target, 4);
                first = ref Unsafe.Add(ref first, step);
                target = ref Unsafe.AddByteOffset(ref target, sumsStep);
            }

            quads = ref Unsafe.Add(ref quads, Block * Quad);
            weights = ref Unsafe.Add(ref weights, 3 * Block * Quad);
            bias = ref Unsafe.Add(ref bias, Block);
            sums = ref Unsafe.Add(ref sums, Block);
        }
    }

    /// <summary>As <see cref="AccumulateThree"/>, where a window starts with the second column of the one before: three at once see five columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateNeighbours(
        ref byte quads, nint step, int pixels, int blocks, ref sbyte weights, ref int bias, ref int sums, nint sumsStep)
    {
        for (; blocks > 0; blocks--)
        {
            Vector128<int> bias0 = Vector128.LoadUnsafe(ref bias);
            Vector128<int> bias1 = Vector128.LoadUnsafe(ref bias, 4);
            Vector128<sbyte> weights00 = Vector128.LoadUnsafe(ref weights);
            Vector128<sbyte> weights01 = Vector128.LoadUnsafe(ref weights, 16);
            Vector128<sbyte> weights10 = Vector128.LoadUnsafe(ref weights, 32);
            Vector128<sbyte> weights11 = Vector128.LoadUnsafe(ref weights, 48);
            Vector128<sbyte> weights20 = Vector128.LoadUnsafe(ref weights, 64);
            Vector128<sbyte> weights21 = Vector128.LoadUnsafe(ref weights, 80);
            ref byte column = ref quads;
            ref int target = ref sums;
            for (int left = pixels; left > 0; left -= Neighbours)
            {
                Vector128<sbyte> values0 = Load(ref column, 0);
                Vector128<sbyte> values1 = Load(ref column, 16);
                Vector128<int> sum00 = Dp.DotProduct(bias0, values0, weights00);
                Vector128<int> sum01 = Dp.DotProduct(bias1, values1, weights01);
                column = ref Unsafe.Add(ref column, step);
                values0 = Load(ref column, 0);
                values1 = Load(ref column, 16);
                sum00 = Dp.DotProduct(sum00, values0, weights10);
                sum01 = Dp.DotProduct(sum01, values1, weights11);
                Vector128<int> sum10 = Dp.DotProduct(bias0, values0, weights00);
                Vector128<int> sum11 = Dp.DotProduct(bias1, values1, weights01);
                column = ref Unsafe.Add(ref column, step);
                values0 = Load(ref column, 0);
                values1 = Load(ref column, 16);
                sum00 = Dp.DotProduct(sum00, values0, weights20);
                sum01 = Dp.DotProduct(sum01, values1, weights21);
                sum10 = Dp.DotProduct(sum10, values0, weights10);
                sum11 = Dp.DotProduct(sum11, values1, weights11);
                Vector128<int> sum20 = Dp.DotProduct(bias0, values0, weights00);
                Vector128<int> sum21 = Dp.DotProduct(bias1, values1, weights01);
                column = ref Unsafe.Add(ref column, step);
                values0 = Load(ref column, 0);
                values1 = Load(ref column, 16);
                sum10 = Dp.DotProduct(sum10, values0, weights20);
                sum11 = Dp.DotProduct(sum11, values1, weights21);
                sum20 = Dp.DotProduct(sum20, values0, weights10);
                sum21 = Dp.DotProduct(sum21, values1, weights11);
                ref byte last = ref Unsafe.Add(ref column, step);
                values0 = Load(ref last, 0);
                values1 = Load(ref last, 16);
                sum20 = Dp.DotProduct(sum20, values0, weights20);
                sum21 = Dp.DotProduct(sum21, values1, weights21);
                sum00.StoreUnsafe(ref target);
                sum01.StoreUnsafe(ref target, 4);
                target = ref Unsafe.AddByteOffset(ref target, sumsStep);
                sum10.StoreUnsafe(ref target);
                sum11.StoreUnsafe(ref target, 4);
                target = ref Unsafe.AddByteOffset(ref target, sumsStep);
                sum20.StoreUnsafe(ref target);
                sum21.StoreUnsafe(ref target, 4);
                target = ref Unsafe.AddByteOffset(ref target, sumsStep);
            }

            quads = ref Unsafe.Add(ref quads, Block * Quad);
            weights = ref Unsafe.Add(ref weights, 3 * Block * Quad);
            bias = ref Unsafe.Add(ref bias, Block);
            sums = ref Unsafe.Add(ref sums, Block);
        }
    }

    /// <summary>Four pixels at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateAny(
        ref byte quads, nint step, int pixels, int blocks, ReadOnlySpan<int> taps, ref sbyte weights, ref int bias, ref int sums, nint sumsStep)
    {
        for (; blocks > 0; blocks--)
        {
            ref byte pixel0 = ref quads;
            ref int target = ref sums;
            for (int left = pixels; left > 0; left -= LargestTile)
            {
                ref byte pixel1 = ref Unsafe.Add(ref pixel0, step);
                ref byte pixel2 = ref Unsafe.Add(ref pixel1, step);
                ref byte pixel3 = ref Unsafe.Add(ref pixel2, step);
                ref sbyte next = ref weights;
                Vector128<int> sum00 = Vector128.LoadUnsafe(ref bias);
                Vector128<int> sum01 = Vector128.LoadUnsafe(ref bias, 4);
                Vector128<int> sum10 = sum00;
                Vector128<int> sum11 = sum01;
                Vector128<int> sum20 = sum00;
                Vector128<int> sum21 = sum01;
                Vector128<int> sum30 = sum00;
                Vector128<int> sum31 = sum01;
                foreach (int tap in taps)
                {
                    Vector128<sbyte> weights0 = Vector128.LoadUnsafe(ref next);
                    Vector128<sbyte> weights1 = Vector128.LoadUnsafe(ref next, 16);
                    next = ref Unsafe.Add(ref next, Block * Quad);
                    sum00 = Dp.DotProduct(sum00, Load(ref pixel0, tap), weights0);
                    sum01 = Dp.DotProduct(sum01, Load(ref pixel0, tap + 16), weights1);
                    sum10 = Dp.DotProduct(sum10, Load(ref pixel1, tap), weights0);
                    sum11 = Dp.DotProduct(sum11, Load(ref pixel1, tap + 16), weights1);
                    sum20 = Dp.DotProduct(sum20, Load(ref pixel2, tap), weights0);
                    sum21 = Dp.DotProduct(sum21, Load(ref pixel2, tap + 16), weights1);
                    sum30 = Dp.DotProduct(sum30, Load(ref pixel3, tap), weights0);
                    sum31 = Dp.DotProduct(sum31, Load(ref pixel3, tap + 16), weights1);
                }

                sum00.StoreUnsafe(ref target);
                sum01.StoreUnsafe(ref target, 4);
                target = ref Unsafe.AddByteOffset(ref target, sumsStep);
                sum10.StoreUnsafe(ref target);
                sum11.StoreUnsafe(ref target, 4);
                target = ref Unsafe.AddByteOffset(ref target, sumsStep);
                sum20.StoreUnsafe(ref target);
                sum21.StoreUnsafe(ref target, 4);
                target = ref Unsafe.AddByteOffset(ref target, sumsStep);
                sum30.StoreUnsafe(ref target);
                sum31.StoreUnsafe(ref target, 4);
                target = ref Unsafe.AddByteOffset(ref target, sumsStep);
                pixel0 = ref Unsafe.Add(ref pixel3, step);
            }

            quads = ref Unsafe.Add(ref quads, Block * Quad);
            weights = ref Unsafe.Add(ref weights, taps.Length * Block * Quad);
            bias = ref Unsafe.Add(ref bias, Block);
            sums = ref Unsafe.Add(ref sums, Block);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<sbyte> Load(ref byte quads, nint at)
    {
        return Vector128.LoadUnsafe(ref Unsafe.Add(ref quads, at)).AsSByte();
    }
}
