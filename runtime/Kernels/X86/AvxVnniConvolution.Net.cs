using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>
/// Convolution for x86-64 with AVX-VNNI. Its instruction multiplies unsigned with signed bytes: data are made unsigned by turning their highest bit.
/// Accumulators of six pixels by sixteen channels, or eight by eight, stay in registers.
/// </summary>
/// <inheritdoc cref="QuadConvolution(Window, ReadOnlySpan{sbyte}, RowParameters, Requantizer, ConvolutionWorkspace, byte, int)"/>
internal sealed class AvxVnniConvolution(
    Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    : QuadConvolution(window, filter, parameters, requantizer, workspace, 0x80, 0)
{
    private const int Tile = 6;
    private const int HalfBlockTile = 8;

    /// <inheritdoc/>
    /// <remarks>Calls nothing in its loop, because accumulators would have to leave their registers for it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void AccumulateBlock(
        ref byte data, ref int pixels, int count, ReadOnlySpan<int> quads, ref sbyte weights, ref int bias, ref int sums)
    {
        nint stride = PixelStride;
        for (; count > 1; count -= Tile)
        {
            ref byte pixel0 = ref Unsafe.Add(ref data, pixels);
            ref byte pixel1 = ref Unsafe.Add(ref data, Unsafe.Add(ref pixels, 1));
            ref byte pixel2 = ref Unsafe.Add(ref data, Unsafe.Add(ref pixels, 2));
            ref byte pixel3 = ref Unsafe.Add(ref data, Unsafe.Add(ref pixels, 3));
            ref byte pixel4 = ref Unsafe.Add(ref data, Unsafe.Add(ref pixels, 4));
            ref byte pixel5 = ref Unsafe.Add(ref data, Unsafe.Add(ref pixels, 5));
            Vector256<int> sum00 = Vector256.LoadUnsafe(ref bias);
            Vector256<int> sum01 = Vector256.LoadUnsafe(ref bias, 8);
            Vector256<int> sum10 = sum00;
            Vector256<int> sum11 = sum01;
            Vector256<int> sum20 = sum00;
            Vector256<int> sum21 = sum01;
            Vector256<int> sum30 = sum00;
            Vector256<int> sum31 = sum01;
            Vector256<int> sum40 = sum00;
            Vector256<int> sum41 = sum01;
            Vector256<int> sum50 = sum00;
            Vector256<int> sum51 = sum01;
            ref sbyte next = ref weights;
            foreach (int quad in quads)
            {
                Vector256<sbyte> weights0 = Vector256.LoadUnsafe(ref next);
                Vector256<sbyte> weights1 = Vector256.LoadUnsafe(ref next, 32);
                next = ref Unsafe.Add(ref next, Block * Quad);
                Vector256<byte> values = Broadcast(ref Unsafe.Add(ref pixel0, quad));
                sum00 = AvxVnni.MultiplyWideningAndAdd(sum00, values, weights0);
                sum01 = AvxVnni.MultiplyWideningAndAdd(sum01, values, weights1);
                values = Broadcast(ref Unsafe.Add(ref pixel1, quad));
                sum10 = AvxVnni.MultiplyWideningAndAdd(sum10, values, weights0);
                sum11 = AvxVnni.MultiplyWideningAndAdd(sum11, values, weights1);
                values = Broadcast(ref Unsafe.Add(ref pixel2, quad));
                sum20 = AvxVnni.MultiplyWideningAndAdd(sum20, values, weights0);
                sum21 = AvxVnni.MultiplyWideningAndAdd(sum21, values, weights1);
                values = Broadcast(ref Unsafe.Add(ref pixel3, quad));
                sum30 = AvxVnni.MultiplyWideningAndAdd(sum30, values, weights0);
                sum31 = AvxVnni.MultiplyWideningAndAdd(sum31, values, weights1);
                values = Broadcast(ref Unsafe.Add(ref pixel4, quad));
                sum40 = AvxVnni.MultiplyWideningAndAdd(sum40, values, weights0);
                sum41 = AvxVnni.MultiplyWideningAndAdd(sum41, values, weights1);
                values = Broadcast(ref Unsafe.Add(ref pixel5, quad));
                sum50 = AvxVnni.MultiplyWideningAndAdd(sum50, values, weights0);
                sum51 = AvxVnni.MultiplyWideningAndAdd(sum51, values, weights1);
            }

            sum00.StoreUnsafe(ref sums);
            sum01.StoreUnsafe(ref sums, 8);
            sum10.StoreUnsafe(ref Unsafe.Add(ref sums, stride));
            sum11.StoreUnsafe(ref Unsafe.Add(ref sums, stride), 8);
            sum20.StoreUnsafe(ref Unsafe.Add(ref sums, 2 * stride));
            sum21.StoreUnsafe(ref Unsafe.Add(ref sums, 2 * stride), 8);
            sum30.StoreUnsafe(ref Unsafe.Add(ref sums, 3 * stride));
            sum31.StoreUnsafe(ref Unsafe.Add(ref sums, 3 * stride), 8);
            sum40.StoreUnsafe(ref Unsafe.Add(ref sums, 4 * stride));
            sum41.StoreUnsafe(ref Unsafe.Add(ref sums, 4 * stride), 8);
            sum50.StoreUnsafe(ref Unsafe.Add(ref sums, 5 * stride));
            sum51.StoreUnsafe(ref Unsafe.Add(ref sums, 5 * stride), 8);
            pixels = ref Unsafe.Add(ref pixels, Tile);
            sums = ref Unsafe.Add(ref sums, Tile * stride);
        }

        if (count == 1)
        {
            AccumulatePixel(ref Unsafe.Add(ref data, pixels), 1, quads, ref weights, ref bias, ref sums);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Calls nothing in its loop, because accumulators would have to leave their registers for it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void AccumulateHalfBlock(
        ref byte data, ref int pixels, int count, ReadOnlySpan<int> quads, ref sbyte weights, ref int bias, ref int sums)
    {
        nint stride = PixelStride;
        for (; count > 1; count -= HalfBlockTile)
        {
            ref byte pixel0 = ref Unsafe.Add(ref data, pixels);
            ref byte pixel1 = ref Unsafe.Add(ref data, Unsafe.Add(ref pixels, 1));
            ref byte pixel2 = ref Unsafe.Add(ref data, Unsafe.Add(ref pixels, 2));
            ref byte pixel3 = ref Unsafe.Add(ref data, Unsafe.Add(ref pixels, 3));
            ref byte pixel4 = ref Unsafe.Add(ref data, Unsafe.Add(ref pixels, 4));
            ref byte pixel5 = ref Unsafe.Add(ref data, Unsafe.Add(ref pixels, 5));
            ref byte pixel6 = ref Unsafe.Add(ref data, Unsafe.Add(ref pixels, 6));
            ref byte pixel7 = ref Unsafe.Add(ref data, Unsafe.Add(ref pixels, 7));
            Vector256<int> sum0 = Vector256.LoadUnsafe(ref bias);
            Vector256<int> sum1 = sum0;
            Vector256<int> sum2 = sum0;
            Vector256<int> sum3 = sum0;
            Vector256<int> sum4 = sum0;
            Vector256<int> sum5 = sum0;
            Vector256<int> sum6 = sum0;
            Vector256<int> sum7 = sum0;
            ref sbyte next = ref weights;

            // By a reference and not by `foreach`: start, place and count together would be one register too many.
            ref int place = ref MemoryMarshal.GetReference(quads);
            for (int left = quads.Length; left > 0; left--)
            {
                int quad = place;
                place = ref Unsafe.Add(ref place, 1);
                Vector256<sbyte> factors = Vector256.LoadUnsafe(ref next);
                next = ref Unsafe.Add(ref next, HalfBlock * Quad);
                Vector256<byte> values = Broadcast(ref Unsafe.Add(ref pixel0, quad));
                sum0 = AvxVnni.MultiplyWideningAndAdd(sum0, values, factors);
                values = Broadcast(ref Unsafe.Add(ref pixel1, quad));
                sum1 = AvxVnni.MultiplyWideningAndAdd(sum1, values, factors);
                values = Broadcast(ref Unsafe.Add(ref pixel2, quad));
                sum2 = AvxVnni.MultiplyWideningAndAdd(sum2, values, factors);
                values = Broadcast(ref Unsafe.Add(ref pixel3, quad));
                sum3 = AvxVnni.MultiplyWideningAndAdd(sum3, values, factors);
                values = Broadcast(ref Unsafe.Add(ref pixel4, quad));
                sum4 = AvxVnni.MultiplyWideningAndAdd(sum4, values, factors);
                values = Broadcast(ref Unsafe.Add(ref pixel5, quad));
                sum5 = AvxVnni.MultiplyWideningAndAdd(sum5, values, factors);
                values = Broadcast(ref Unsafe.Add(ref pixel6, quad));
                sum6 = AvxVnni.MultiplyWideningAndAdd(sum6, values, factors);
                values = Broadcast(ref Unsafe.Add(ref pixel7, quad));
                sum7 = AvxVnni.MultiplyWideningAndAdd(sum7, values, factors);
            }

            sum0.StoreUnsafe(ref sums);
            sum1.StoreUnsafe(ref Unsafe.Add(ref sums, stride));
            sum2.StoreUnsafe(ref Unsafe.Add(ref sums, 2 * stride));
            sum3.StoreUnsafe(ref Unsafe.Add(ref sums, 3 * stride));
            sum4.StoreUnsafe(ref Unsafe.Add(ref sums, 4 * stride));
            sum5.StoreUnsafe(ref Unsafe.Add(ref sums, 5 * stride));
            sum6.StoreUnsafe(ref Unsafe.Add(ref sums, 6 * stride));
            sum7.StoreUnsafe(ref Unsafe.Add(ref sums, 7 * stride));
            pixels = ref Unsafe.Add(ref pixels, HalfBlockTile);
            sums = ref Unsafe.Add(ref sums, HalfBlockTile * stride);
        }

        if (count == 1)
        {
            AccumulateHalfBlockPixel(ref Unsafe.Add(ref data, pixels), quads, ref weights, ref bias, ref sums);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Four quads at a time, so that instructions need not wait for each other.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void AccumulatePixel(ref byte pixel, int blocks, ReadOnlySpan<int> quads, ref sbyte weights, ref int bias, ref int sums)
    {
        for (; blocks > 0; blocks--)
        {
            Vector256<int> sum00 = Vector256.LoadUnsafe(ref bias);
            Vector256<int> sum01 = Vector256.LoadUnsafe(ref bias, 8);
            Vector256<int> sum10 = Vector256<int>.Zero;
            Vector256<int> sum11 = Vector256<int>.Zero;
            Vector256<int> sum20 = Vector256<int>.Zero;
            Vector256<int> sum21 = Vector256<int>.Zero;
            Vector256<int> sum30 = Vector256<int>.Zero;
            Vector256<int> sum31 = Vector256<int>.Zero;
            int i = 0;
            for (; i < quads.Length - 3; i += 4)
            {
                Vector256<byte> values = Broadcast(ref Unsafe.Add(ref pixel, quads[i]));
                sum00 = AvxVnni.MultiplyWideningAndAdd(sum00, values, Vector256.LoadUnsafe(ref weights));
                sum01 = AvxVnni.MultiplyWideningAndAdd(sum01, values, Vector256.LoadUnsafe(ref weights, 32));
                values = Broadcast(ref Unsafe.Add(ref pixel, quads[i + 1]));
                sum10 = AvxVnni.MultiplyWideningAndAdd(sum10, values, Vector256.LoadUnsafe(ref weights, 64));
                sum11 = AvxVnni.MultiplyWideningAndAdd(sum11, values, Vector256.LoadUnsafe(ref weights, 96));
                values = Broadcast(ref Unsafe.Add(ref pixel, quads[i + 2]));
                sum20 = AvxVnni.MultiplyWideningAndAdd(sum20, values, Vector256.LoadUnsafe(ref weights, 128));
                sum21 = AvxVnni.MultiplyWideningAndAdd(sum21, values, Vector256.LoadUnsafe(ref weights, 160));
                values = Broadcast(ref Unsafe.Add(ref pixel, quads[i + 3]));
                sum30 = AvxVnni.MultiplyWideningAndAdd(sum30, values, Vector256.LoadUnsafe(ref weights, 192));
                sum31 = AvxVnni.MultiplyWideningAndAdd(sum31, values, Vector256.LoadUnsafe(ref weights, 224));
                weights = ref Unsafe.Add(ref weights, 4 * Block * Quad);
            }

            for (; i < quads.Length; i++)
            {
                Vector256<byte> values = Broadcast(ref Unsafe.Add(ref pixel, quads[i]));
                sum00 = AvxVnni.MultiplyWideningAndAdd(sum00, values, Vector256.LoadUnsafe(ref weights));
                sum01 = AvxVnni.MultiplyWideningAndAdd(sum01, values, Vector256.LoadUnsafe(ref weights, 32));
                weights = ref Unsafe.Add(ref weights, Block * Quad);
            }

            (sum00 + sum10 + (sum20 + sum30)).StoreUnsafe(ref sums);
            (sum01 + sum11 + (sum21 + sum31)).StoreUnsafe(ref sums, 8);
            bias = ref Unsafe.Add(ref bias, Block);
            sums = ref Unsafe.Add(ref sums, Block);
        }
    }

    /// <summary>One pixel by eight channels, four quads at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateHalfBlockPixel(ref byte pixel, ReadOnlySpan<int> quads, ref sbyte weights, ref int bias, ref int sums)
    {
        Vector256<int> sum0 = Vector256.LoadUnsafe(ref bias);
        Vector256<int> sum1 = Vector256<int>.Zero;
        Vector256<int> sum2 = Vector256<int>.Zero;
        Vector256<int> sum3 = Vector256<int>.Zero;
        int i = 0;
        for (; i < quads.Length - 3; i += 4)
        {
            sum0 = AvxVnni.MultiplyWideningAndAdd(sum0, Broadcast(ref Unsafe.Add(ref pixel, quads[i])), Vector256.LoadUnsafe(ref weights));
            sum1 = AvxVnni.MultiplyWideningAndAdd(sum1, Broadcast(ref Unsafe.Add(ref pixel, quads[i + 1])), Vector256.LoadUnsafe(ref weights, 32));
            sum2 = AvxVnni.MultiplyWideningAndAdd(sum2, Broadcast(ref Unsafe.Add(ref pixel, quads[i + 2])), Vector256.LoadUnsafe(ref weights, 64));
            sum3 = AvxVnni.MultiplyWideningAndAdd(sum3, Broadcast(ref Unsafe.Add(ref pixel, quads[i + 3])), Vector256.LoadUnsafe(ref weights, 96));
            weights = ref Unsafe.Add(ref weights, 4 * HalfBlock * Quad);
        }

        for (; i < quads.Length; i++)
        {
            sum0 = AvxVnni.MultiplyWideningAndAdd(sum0, Broadcast(ref Unsafe.Add(ref pixel, quads[i])), Vector256.LoadUnsafe(ref weights));
            weights = ref Unsafe.Add(ref weights, HalfBlock * Quad);
        }

        (sum0 + sum1 + (sum2 + sum3)).StoreUnsafe(ref sums);
    }

    /// <summary>A quad of data, once for each channel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Broadcast(ref byte quad)
    {
        return Vector256.Create(Unsafe.ReadUnaligned<int>(ref quad)).AsByte();
    }
}
