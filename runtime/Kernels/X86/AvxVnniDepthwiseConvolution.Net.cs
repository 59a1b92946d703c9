using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>Depthwise convolution for x86-64 with AVX-VNNI, which multiplies unsigned with signed bytes: data are made unsigned by turning their highest bit.</summary>
/// <inheritdoc cref="QuadDepthwiseConvolution(Window, ReadOnlySpan{sbyte}, RowParameters, Requantizer, ConvolutionWorkspace, byte)"/>
internal sealed class AvxVnniDepthwiseConvolution(
    Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    : QuadDepthwiseConvolution(window, filter, parameters, requantizer, workspace, SignBit)
{
    private const byte SignBit = 0x80;

    /// <summary>The bytes of a block of quads, or of weights.</summary>
    private const int BlockBytes = 32;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Interleave(ref sbyte row0, ref sbyte row1, ref sbyte row2, ref sbyte row3, ref byte target, int count)
    {
        Vector256<sbyte> flip = Vector256.Create(unchecked((sbyte)SignBit));
        int i = 0;
        while (count - i >= Vector256<sbyte>.Count)
        {
            Vector256<sbyte> bytes0 = Vector256.LoadUnsafe(ref row0, (nuint)i) ^ flip;
            Vector256<sbyte> bytes1 = Vector256.LoadUnsafe(ref row1, (nuint)i) ^ flip;
            Vector256<sbyte> bytes2 = Vector256.LoadUnsafe(ref row2, (nuint)i) ^ flip;
            Vector256<sbyte> bytes3 = Vector256.LoadUnsafe(ref row3, (nuint)i) ^ flip;
            Vector256<short> lower01 = Avx2.UnpackLow(bytes0, bytes1).AsInt16();
            Vector256<short> upper01 = Avx2.UnpackHigh(bytes0, bytes1).AsInt16();
            Vector256<short> lower23 = Avx2.UnpackLow(bytes2, bytes3).AsInt16();
            Vector256<short> upper23 = Avx2.UnpackHigh(bytes2, bytes3).AsInt16();
            Vector256<byte> quads0 = Avx2.UnpackLow(lower01, lower23).AsByte();
            Vector256<byte> quads1 = Avx2.UnpackHigh(lower01, lower23).AsByte();
            Vector256<byte> quads2 = Avx2.UnpackLow(upper01, upper23).AsByte();
            Vector256<byte> quads3 = Avx2.UnpackHigh(upper01, upper23).AsByte();
            ref byte to = ref Unsafe.Add(ref target, 4 * i);
            quads0.GetLower().StoreUnsafe(ref to);
            quads1.GetLower().StoreUnsafe(ref to, 16);
            quads2.GetLower().StoreUnsafe(ref to, 32);
            quads3.GetLower().StoreUnsafe(ref to, 48);
            quads0.GetUpper().StoreUnsafe(ref to, 64);
            quads1.GetUpper().StoreUnsafe(ref to, 80);
            quads2.GetUpper().StoreUnsafe(ref to, 96);
            quads3.GetUpper().StoreUnsafe(ref to, 112);

            // The last vector takes some bytes again.
            int next = i + Vector256<sbyte>.Count;
            i = next < count && count - next < Vector256<sbyte>.Count ? count - Vector256<sbyte>.Count : next;
        }

        for (; i < count; i++)
        {
            ref byte to = ref Unsafe.Add(ref target, 4 * i);
            to = (byte)(Unsafe.Add(ref row0, i) ^ SignBit);
            Unsafe.Add(ref to, 1) = (byte)(Unsafe.Add(ref row1, i) ^ SignBit);
            Unsafe.Add(ref to, 2) = (byte)(Unsafe.Add(ref row2, i) ^ SignBit);
            Unsafe.Add(ref to, 3) = (byte)(Unsafe.Add(ref row3, i) ^ SignBit);
        }
    }

    protected override void Accumulate(
        ref byte quads, nint step, int pixels, int blocks, ReadOnlySpan<int> taps, ref sbyte weights, ref int bias, ref int sums, nint stride)
    {
        if (taps.Length == 3)
        {
            AccumulateThree(ref quads, step, pixels, blocks, taps, ref weights, ref bias, ref sums, stride);
        }
        else
        {
            AccumulateAny(ref quads, step, pixels, blocks, taps, ref weights, ref bias, ref sums, stride);
        }
    }

    /// <summary>The kernel of most networks, three columns and up to four rows: the weights stay in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateThree(
        ref byte quads, nint step, int pixels, int blocks, ReadOnlySpan<int> taps, ref sbyte weights, ref int bias, ref int sums, nint stride)
    {
        nint second = taps[1];
        nint third = taps[2];
        for (; blocks > 0; blocks--)
        {
            Vector256<int> start = Vector256.LoadUnsafe(ref bias);
            Vector256<sbyte> weights0 = Vector256.LoadUnsafe(ref weights);
            Vector256<sbyte> weights1 = Vector256.LoadUnsafe(ref weights, 32);
            Vector256<sbyte> weights2 = Vector256.LoadUnsafe(ref weights, 64);
            ref byte pixel = ref quads;
            ref int target = ref sums;
            for (int x = pixels; x > 0; x--)
            {
                Vector256<int> sum = AvxVnni.MultiplyWideningAndAdd(start, Vector256.LoadUnsafe(ref pixel), weights0);
                sum = AvxVnni.MultiplyWideningAndAdd(sum, Vector256.LoadUnsafe(ref Unsafe.Add(ref pixel, second)), weights1);
                sum = AvxVnni.MultiplyWideningAndAdd(sum, Vector256.LoadUnsafe(ref Unsafe.Add(ref pixel, third)), weights2);
                sum.StoreUnsafe(ref target);
                pixel = ref Unsafe.Add(ref pixel, step);
                target = ref Unsafe.Add(ref target, stride);
            }

            quads = ref Unsafe.Add(ref quads, BlockBytes);
            weights = ref Unsafe.Add(ref weights, 3 * BlockBytes);
            bias = ref Unsafe.Add(ref bias, Block);
            sums = ref Unsafe.Add(ref sums, Block);
        }
    }

    /// <summary>Four pixels at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateAny(
        ref byte quads, nint step, int pixels, int blocks, ReadOnlySpan<int> taps, ref sbyte weights, ref int bias, ref int sums, nint stride)
    {
        for (; blocks > 0; blocks--)
        {
            Vector256<int> start = Vector256.LoadUnsafe(ref bias);
            ref byte pixel0 = ref quads;
            ref int target = ref sums;
            for (int x = pixels; x > 0; x -= LargestTile)
            {
                ref byte pixel1 = ref Unsafe.Add(ref pixel0, step);
                ref byte pixel2 = ref Unsafe.Add(ref pixel1, step);
                ref byte pixel3 = ref Unsafe.Add(ref pixel2, step);
                ref sbyte next = ref weights;
                Vector256<int> sum0 = start;
                Vector256<int> sum1 = start;
                Vector256<int> sum2 = start;
                Vector256<int> sum3 = start;
                foreach (int tap in taps)
                {
                    Vector256<sbyte> factors = Vector256.LoadUnsafe(ref next);
                    next = ref Unsafe.Add(ref next, BlockBytes);
                    sum0 = AvxVnni.MultiplyWideningAndAdd(sum0, Vector256.LoadUnsafe(ref Unsafe.Add(ref pixel0, tap)), factors);
                    sum1 = AvxVnni.MultiplyWideningAndAdd(sum1, Vector256.LoadUnsafe(ref Unsafe.Add(ref pixel1, tap)), factors);
                    sum2 = AvxVnni.MultiplyWideningAndAdd(sum2, Vector256.LoadUnsafe(ref Unsafe.Add(ref pixel2, tap)), factors);
                    sum3 = AvxVnni.MultiplyWideningAndAdd(sum3, Vector256.LoadUnsafe(ref Unsafe.Add(ref pixel3, tap)), factors);
                }

                sum0.StoreUnsafe(ref target);
                sum1.StoreUnsafe(ref Unsafe.Add(ref target, stride));
                sum2.StoreUnsafe(ref Unsafe.Add(ref target, 2 * stride));
                sum3.StoreUnsafe(ref Unsafe.Add(ref target, 3 * stride));
                pixel0 = ref Unsafe.Add(ref pixel3, step);
                target = ref Unsafe.Add(ref target, 4 * stride);
            }

            quads = ref Unsafe.Add(ref quads, BlockBytes);
            weights = ref Unsafe.Add(ref weights, taps.Length * BlockBytes);
            bias = ref Unsafe.Add(ref bias, Block);
            sums = ref Unsafe.Add(ref sums, Block);
        }
    }
}
