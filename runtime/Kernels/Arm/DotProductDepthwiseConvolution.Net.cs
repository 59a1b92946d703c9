using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels.Arm;

/// <summary>Depthwise convolution for Arm64 with dot products (SDOT).</summary>
/// <inheritdoc cref="QuadDepthwiseConvolution(Window, ReadOnlySpan{sbyte}, RowParameters, Requantizer, byte)"/>
internal sealed class DotProductDepthwiseConvolution(Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer)
    : QuadDepthwiseConvolution(window, filter, parameters, requantizer, 0)
{
    protected override void Interleave(ref sbyte row0, ref sbyte row1, ref sbyte row2, ref sbyte row3, ref byte target, int count)
    {
        NeonQuads.Interleave(ref row0, ref row1, ref row2, ref row3, ref target, count);
    }

    protected override void Accumulate(
        ref byte quads, nint step, int pixels, int blocks, ReadOnlySpan<int> taps, ref sbyte weights, ref int bias, ref int sums, nint stride)
    {
        for (; blocks > 0; blocks--)
        {
            AccumulateBlock(ref quads, step, pixels, taps, ref weights, ref bias, ref sums, stride);
            quads = ref Unsafe.Add(ref quads, Block * Quad);
            weights = ref Unsafe.Add(ref weights, taps.Length * Block * Quad);
            bias = ref Unsafe.Add(ref bias, Block);
            sums = ref Unsafe.Add(ref sums, Block);
        }
    }

    private static void AccumulateBlock(
        ref byte quads, nint step, int pixels, ReadOnlySpan<int> taps, ref sbyte weights, ref int bias, ref int sums, nint stride)
    {
        if (taps.Length == 3)
        {
            AccumulateThree(ref quads, step, pixels, taps, ref weights, ref bias, ref sums, stride);
        }
        else
        {
            AccumulateAny(ref quads, step, pixels, taps, ref weights, ref bias, ref sums, stride);
        }
    }

    /// <summary>The kernel of most networks, three columns and up to four rows: the weights stay in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateThree(
        ref byte quads, nint step, int pixels, ReadOnlySpan<int> taps, ref sbyte weights, ref int bias, ref int sums, nint stride)
    {
        Vector128<int> bias0 = Vector128.LoadUnsafe(ref bias);
        Vector128<int> bias1 = Vector128.LoadUnsafe(ref bias, 4);
        Vector128<sbyte> weights00 = Vector128.LoadUnsafe(ref weights);
        Vector128<sbyte> weights01 = Vector128.LoadUnsafe(ref weights, 16);
        Vector128<sbyte> weights10 = Vector128.LoadUnsafe(ref weights, 32);
        Vector128<sbyte> weights11 = Vector128.LoadUnsafe(ref weights, 48);
        Vector128<sbyte> weights20 = Vector128.LoadUnsafe(ref weights, 64);
        Vector128<sbyte> weights21 = Vector128.LoadUnsafe(ref weights, 80);
        ref byte second = ref Unsafe.Add(ref quads, taps[1]);
        ref byte third = ref Unsafe.Add(ref quads, taps[2]);
        for (; pixels > 0; pixels--)
        {
            Vector128<int> sum0 = Dp.DotProduct(bias0, Load(ref quads, 0), weights00);
            Vector128<int> sum1 = Dp.DotProduct(bias1, Load(ref quads, 16), weights01);
            sum0 = Dp.DotProduct(sum0, Load(ref second, 0), weights10);
            sum1 = Dp.DotProduct(sum1, Load(ref second, 16), weights11);
            sum0 = Dp.DotProduct(sum0, Load(ref third, 0), weights20);
            sum1 = Dp.DotProduct(sum1, Load(ref third, 16), weights21);
            sum0.StoreUnsafe(ref sums);
            sum1.StoreUnsafe(ref sums, 4);
            quads = ref Unsafe.Add(ref quads, step);
            second = ref Unsafe.Add(ref second, step);
            third = ref Unsafe.Add(ref third, step);
            sums = ref Unsafe.Add(ref sums, stride);
        }
    }

    /// <summary>Four pixels at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateAny(
        ref byte quads, nint step, int pixels, ReadOnlySpan<int> taps, ref sbyte weights, ref int bias, ref int sums, nint stride)
    {
        for (; pixels > 0; pixels -= LargestTile)
        {
            ref byte pixel1 = ref Unsafe.Add(ref quads, step);
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
                sum00 = Dp.DotProduct(sum00, Load(ref quads, tap), weights0);
                sum01 = Dp.DotProduct(sum01, Load(ref quads, tap + 16), weights1);
                sum10 = Dp.DotProduct(sum10, Load(ref pixel1, tap), weights0);
                sum11 = Dp.DotProduct(sum11, Load(ref pixel1, tap + 16), weights1);
                sum20 = Dp.DotProduct(sum20, Load(ref pixel2, tap), weights0);
                sum21 = Dp.DotProduct(sum21, Load(ref pixel2, tap + 16), weights1);
                sum30 = Dp.DotProduct(sum30, Load(ref pixel3, tap), weights0);
                sum31 = Dp.DotProduct(sum31, Load(ref pixel3, tap + 16), weights1);
            }

            sum00.StoreUnsafe(ref sums);
            sum01.StoreUnsafe(ref sums, 4);
            sum10.StoreUnsafe(ref Unsafe.Add(ref sums, stride));
            sum11.StoreUnsafe(ref Unsafe.Add(ref sums, stride), 4);
            sum20.StoreUnsafe(ref Unsafe.Add(ref sums, 2 * stride));
            sum21.StoreUnsafe(ref Unsafe.Add(ref sums, 2 * stride), 4);
            sum30.StoreUnsafe(ref Unsafe.Add(ref sums, 3 * stride));
            sum31.StoreUnsafe(ref Unsafe.Add(ref sums, 3 * stride), 4);
            quads = ref Unsafe.Add(ref pixel3, step);
            sums = ref Unsafe.Add(ref sums, 4 * stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<sbyte> Load(ref byte quads, nint at)
    {
        return Vector128.LoadUnsafe(ref Unsafe.Add(ref quads, at)).AsSByte();
    }
}
