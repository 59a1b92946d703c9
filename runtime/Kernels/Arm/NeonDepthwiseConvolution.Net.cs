using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels.Arm;

/// <summary>Depthwise convolution for Arm64 with NEON. Products of two taps are added in 16 bits (<see cref="NeonSums"/>) where no weight is -128.</summary>
/// <inheritdoc cref="QuadDepthwiseConvolution(Window, ReadOnlySpan{sbyte}, RowParameters, Requantizer, ConvolutionWorkspace, byte)"/>
internal sealed class NeonDepthwiseConvolution(
    Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    : QuadDepthwiseConvolution(window, filter, parameters, requantizer, workspace, 0)
{
    private readonly bool _holdTwoProducts = NeonQuads.HoldTwoProducts(filter);

    protected override void Interleave(ref sbyte row0, ref sbyte row1, ref sbyte row2, ref sbyte row3, ref byte target, int count)
    {
        NeonQuads.Interleave(ref row0, ref row1, ref row2, ref row3, ref target, count);
    }

    protected override void Accumulate(
        ref byte quads, nint step, int pixels, int blocks, ReadOnlySpan<int> taps, ref sbyte weights, ref int bias, ref int sums, nint stride)
    {
        nint sumsStep = stride * sizeof(int);
        if (taps.Length == 3 && _holdTwoProducts)
        {
            AccumulateThree(ref quads, step, pixels, blocks, taps[1], taps[2], ref weights, ref bias, ref sums, sumsStep);
        }
        else
        {
            int pairedTaps = _holdTwoProducts ? taps.Length & ~1 : 0;
            AccumulateAny(ref quads, step, pixels, blocks, taps, pairedTaps, ref weights, ref bias, ref sums, sumsStep);
        }
    }

    /// <summary>The kernel of most networks, three columns and up to four rows: the weights stay in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateThree(
        ref byte quads, nint step, int pixels, int blocks, nint tap1, nint tap2, ref sbyte weights, ref int bias, ref int sums, nint sumsStep)
    {
        for (; blocks > 0; blocks--)
        {
            NeonSums start0 = new(Vector128.LoadUnsafe(ref bias));
            NeonSums start1 = new(Vector128.LoadUnsafe(ref bias, 4));
            NeonBytes weights00 = new(ref weights, 0);
            NeonBytes weights01 = new(ref weights, 16);
            NeonBytes weights10 = new(ref weights, 32);
            NeonBytes weights11 = new(ref weights, 48);
            NeonBytes weights20 = new(ref weights, 64);
            NeonBytes weights21 = new(ref weights, 80);
            ref sbyte first = ref Unsafe.As<byte, sbyte>(ref quads);
            ref int target = ref sums;
            for (int left = pixels; left > 0; left--)
            {
                ref sbyte second = ref Unsafe.Add(ref first, tap1);
                ref sbyte third = ref Unsafe.Add(ref first, tap2);
                NeonBytes values00 = new(ref first, 0);
                NeonBytes values01 = new(ref first, 16);
                NeonBytes values10 = new(ref second, 0);
                NeonBytes values11 = new(ref second, 16);
                NeonBytes values20 = new(ref third, 0);
                NeonBytes values21 = new(ref third, 16);
                NeonSums sums0 = start0;
                NeonSums sums1 = start1;
                sums0.Add(values00, weights00, values10, weights10);
                sums1.Add(values01, weights01, values11, weights11);
                sums0.Add(values20, weights20);
                sums1.Add(values21, weights21);
                sums0.Store(ref target, 0);
                sums1.Store(ref target, 4);
                first = ref Unsafe.Add(ref first, step);
                target = ref Unsafe.AddByteOffset(ref target, sumsStep);
            }

            quads = ref Unsafe.Add(ref quads, Block * Quad);
            weights = ref Unsafe.Add(ref weights, 3 * Block * Quad);
            bias = ref Unsafe.Add(ref bias, Block);
            sums = ref Unsafe.Add(ref sums, Block);
        }
    }

    /// <summary>Any kernel. The products of the first taps, an even number, are added in pairs, those of the others each by itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateAny(
        ref byte quads, nint step, int pixels, int blocks, ReadOnlySpan<int> taps, int pairedTaps, ref sbyte weights, ref int bias, ref int sums, nint sumsStep)
    {
        ref int offsets = ref MemoryMarshal.GetReference(taps);
        for (; blocks > 0; blocks--)
        {
            NeonSums start0 = new(Vector128.LoadUnsafe(ref bias));
            NeonSums start1 = new(Vector128.LoadUnsafe(ref bias, 4));
            ref byte pixel = ref quads;
            ref int target = ref sums;
            for (int left = pixels; left > 0; left--)
            {
                ref sbyte next = ref weights;
                NeonSums sums0 = start0;
                NeonSums sums1 = start1;
                int i = 0;
                for (; i < pairedTaps; i += 2)
                {
                    ref sbyte first = ref Unsafe.As<byte, sbyte>(ref Unsafe.Add(ref pixel, Unsafe.Add(ref offsets, i)));
                    ref sbyte second = ref Unsafe.As<byte, sbyte>(ref Unsafe.Add(ref pixel, Unsafe.Add(ref offsets, i + 1)));
                    sums0.Add(new NeonBytes(ref first, 0), new NeonBytes(ref next, 0), new NeonBytes(ref second, 0), new NeonBytes(ref next, 32));
                    sums1.Add(new NeonBytes(ref first, 16), new NeonBytes(ref next, 16), new NeonBytes(ref second, 16), new NeonBytes(ref next, 48));
                    next = ref Unsafe.Add(ref next, 2 * Block * Quad);
                }

                for (; i < taps.Length; i++)
                {
                    ref sbyte tap = ref Unsafe.As<byte, sbyte>(ref Unsafe.Add(ref pixel, Unsafe.Add(ref offsets, i)));
                    sums0.Add(new NeonBytes(ref tap, 0), new NeonBytes(ref next, 0));
                    sums1.Add(new NeonBytes(ref tap, 16), new NeonBytes(ref next, 16));
                    next = ref Unsafe.Add(ref next, Block * Quad);
                }

                sums0.Store(ref target, 0);
                sums1.Store(ref target, 4);
                pixel = ref Unsafe.Add(ref pixel, step);
                target = ref Unsafe.AddByteOffset(ref target, sumsStep);
            }

            quads = ref Unsafe.Add(ref quads, Block * Quad);
            weights = ref Unsafe.Add(ref weights, taps.Length * Block * Quad);
            bias = ref Unsafe.Add(ref bias, Block);
            sums = ref Unsafe.Add(ref sums, Block);
        }
    }
}
