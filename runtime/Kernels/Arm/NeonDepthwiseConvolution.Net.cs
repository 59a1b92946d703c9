using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels.Arm;

/// <summary>Depthwise convolution for Arm64 with NEON. Products of two taps are added in 16 bits (<see cref="NeonQuads"/>), where weights may not be -128.</summary>
/// <inheritdoc cref="QuadDepthwiseConvolution(Window, ReadOnlySpan{sbyte}, RowParameters, Requantizer, byte)"/>
internal sealed class NeonDepthwiseConvolution(Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer)
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
            if (taps.Length == 3)
            {
                AccumulateThree(ref quads, step, pixels, taps, ref weights, ref bias, ref sums, stride);
            }
            else
            {
                AccumulateAny(ref quads, step, pixels, taps, ref weights, ref bias, ref sums, stride);
            }

            quads = ref Unsafe.Add(ref quads, Block * Quad);
            weights = ref Unsafe.Add(ref weights, taps.Length * Block * Quad);
            bias = ref Unsafe.Add(ref bias, Block);
            sums = ref Unsafe.Add(ref sums, Block);
        }
    }

    /// <summary>The kernel of most networks, three columns and up to four rows: the weights stay in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateThree(
        ref byte quads, nint step, int pixels, ReadOnlySpan<int> taps, ref sbyte weights, ref int bias, ref int sums, nint stride)
    {
        (Vector128<int> start0, Vector128<int> start1) = NeonQuads.Spread(Vector128.LoadUnsafe(ref bias));
        (Vector128<int> start2, Vector128<int> start3) = NeonQuads.Spread(Vector128.LoadUnsafe(ref bias, 4));
        Vector64<sbyte> weights00 = Vector64.LoadUnsafe(ref weights);
        Vector64<sbyte> weights01 = Vector64.LoadUnsafe(ref weights, 8);
        Vector64<sbyte> weights02 = Vector64.LoadUnsafe(ref weights, 16);
        Vector64<sbyte> weights03 = Vector64.LoadUnsafe(ref weights, 24);
        Vector64<sbyte> weights10 = Vector64.LoadUnsafe(ref weights, 32);
        Vector64<sbyte> weights11 = Vector64.LoadUnsafe(ref weights, 40);
        Vector64<sbyte> weights12 = Vector64.LoadUnsafe(ref weights, 48);
        Vector64<sbyte> weights13 = Vector64.LoadUnsafe(ref weights, 56);
        Vector64<sbyte> weights20 = Vector64.LoadUnsafe(ref weights, 64);
        Vector64<sbyte> weights21 = Vector64.LoadUnsafe(ref weights, 72);
        Vector64<sbyte> weights22 = Vector64.LoadUnsafe(ref weights, 80);
        Vector64<sbyte> weights23 = Vector64.LoadUnsafe(ref weights, 88);
        ref sbyte first = ref Unsafe.As<byte, sbyte>(ref quads);
        ref sbyte second = ref Unsafe.Add(ref first, taps[1]);
        ref sbyte third = ref Unsafe.Add(ref first, taps[2]);
        for (; pixels > 0; pixels--)
        {
            Vector64<sbyte> values00 = Vector64.LoadUnsafe(ref first);
            Vector64<sbyte> values01 = Vector64.LoadUnsafe(ref first, 8);
            Vector64<sbyte> values10 = Vector64.LoadUnsafe(ref second);
            Vector64<sbyte> values11 = Vector64.LoadUnsafe(ref second, 8);
            Vector64<sbyte> values20 = Vector64.LoadUnsafe(ref third);
            Vector64<sbyte> values21 = Vector64.LoadUnsafe(ref third, 8);
            Vector128<int> sum0 = NeonQuads.Add(start0, values00, weights00, values10, weights10);
            Vector128<int> sum1 = NeonQuads.Add(start1, values01, weights01, values11, weights11);
            sum0 = NeonQuads.Add(sum0, values20, weights20);
            sum1 = NeonQuads.Add(sum1, values21, weights21);
            values00 = Vector64.LoadUnsafe(ref first, 16);
            values01 = Vector64.LoadUnsafe(ref first, 24);
            values10 = Vector64.LoadUnsafe(ref second, 16);
            values11 = Vector64.LoadUnsafe(ref second, 24);
            values20 = Vector64.LoadUnsafe(ref third, 16);
            values21 = Vector64.LoadUnsafe(ref third, 24);
            Vector128<int> sum2 = NeonQuads.Add(start2, values00, weights02, values10, weights12);
            Vector128<int> sum3 = NeonQuads.Add(start3, values01, weights03, values11, weights13);
            sum2 = NeonQuads.Add(sum2, values20, weights22);
            sum3 = NeonQuads.Add(sum3, values21, weights23);
            AdvSimd.Arm64.AddPairwise(sum0, sum1).StoreUnsafe(ref sums);
            AdvSimd.Arm64.AddPairwise(sum2, sum3).StoreUnsafe(ref sums, 4);
            first = ref Unsafe.Add(ref first, step);
            second = ref Unsafe.Add(ref second, step);
            third = ref Unsafe.Add(ref third, step);
            sums = ref Unsafe.Add(ref sums, stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateAny(
        ref byte quads, nint step, int pixels, ReadOnlySpan<int> taps, ref sbyte weights, ref int bias, ref int sums, nint stride)
    {
        (Vector128<int> start0, Vector128<int> start1) = NeonQuads.Spread(Vector128.LoadUnsafe(ref bias));
        (Vector128<int> start2, Vector128<int> start3) = NeonQuads.Spread(Vector128.LoadUnsafe(ref bias, 4));
        for (; pixels > 0; pixels--)
        {
            ref sbyte next = ref weights;
            Vector128<int> sum0 = start0;
            Vector128<int> sum1 = start1;
            Vector128<int> sum2 = start2;
            Vector128<int> sum3 = start3;
            int i = 0;
            for (; i < taps.Length - 1; i += 2)
            {
                ref sbyte first = ref Unsafe.As<byte, sbyte>(ref Unsafe.Add(ref quads, taps[i]));
                ref sbyte second = ref Unsafe.As<byte, sbyte>(ref Unsafe.Add(ref quads, taps[i + 1]));
                sum0 = NeonQuads.Add(
                    sum0, Vector64.LoadUnsafe(ref first), Vector64.LoadUnsafe(ref next), Vector64.LoadUnsafe(ref second), Vector64.LoadUnsafe(ref next, 32));
                sum1 = NeonQuads.Add(
                    sum1, Vector64.LoadUnsafe(ref first, 8), Vector64.LoadUnsafe(ref next, 8), Vector64.LoadUnsafe(ref second, 8), Vector64.LoadUnsafe(ref next, 40));
                sum2 = NeonQuads.Add(
                    sum2, Vector64.LoadUnsafe(ref first, 16), Vector64.LoadUnsafe(ref next, 16), Vector64.LoadUnsafe(ref second, 16), Vector64.LoadUnsafe(ref next, 48));
                sum3 = NeonQuads.Add(
                    sum3, Vector64.LoadUnsafe(ref first, 24), Vector64.LoadUnsafe(ref next, 24), Vector64.LoadUnsafe(ref second, 24), Vector64.LoadUnsafe(ref next, 56));
                next = ref Unsafe.Add(ref next, 2 * Block * Quad);
            }

            if (i < taps.Length)
            {
                ref sbyte last = ref Unsafe.As<byte, sbyte>(ref Unsafe.Add(ref quads, taps[i]));
                sum0 = NeonQuads.Add(sum0, Vector64.LoadUnsafe(ref last), Vector64.LoadUnsafe(ref next));
                sum1 = NeonQuads.Add(sum1, Vector64.LoadUnsafe(ref last, 8), Vector64.LoadUnsafe(ref next, 8));
                sum2 = NeonQuads.Add(sum2, Vector64.LoadUnsafe(ref last, 16), Vector64.LoadUnsafe(ref next, 16));
                sum3 = NeonQuads.Add(sum3, Vector64.LoadUnsafe(ref last, 24), Vector64.LoadUnsafe(ref next, 24));
            }

            AdvSimd.Arm64.AddPairwise(sum0, sum1).StoreUnsafe(ref sums);
            AdvSimd.Arm64.AddPairwise(sum2, sum3).StoreUnsafe(ref sums, 4);
            quads = ref Unsafe.Add(ref quads, step);
            sums = ref Unsafe.Add(ref sums, stride);
        }
    }
}
