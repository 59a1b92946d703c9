using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels.Arm;

/// <summary>
/// Convolution for Arm64 with dot products (SDOT): accumulators of four pixels by sixteen channels, or by eight, stay in registers. Four quads of a
/// piece of the window are loaded at once.
/// </summary>
/// <inheritdoc cref="QuadConvolution(Window, ReadOnlySpan{sbyte}, RowParameters, Requantizer, byte)"/>
internal sealed class DotProductConvolution(Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer)
    : QuadConvolution(window, filter, parameters, requantizer, 0)
{
    private const int Tile = 4;

    protected override void AccumulateBlock(
        ref byte data, ref int pixels, int count, ReadOnlySpan<int> quads, ref sbyte weights, ref int bias, ref int sums)
    {
        nint stride = PixelStride;
        for (; count > 1; count -= Tile)
        {
            AccumulateTile(ref data, ref pixels, quads, PieceQuads, ref weights, ref bias, ref sums, stride);
            pixels = ref Unsafe.Add(ref pixels, Tile);
            sums = ref Unsafe.Add(ref sums, Tile * stride);
        }

        if (count == 1)
        {
            AccumulateBlockPixel(ref Unsafe.Add(ref data, pixels), quads, PieceQuads, ref weights, ref bias, ref sums);
        }
    }

    protected override void AccumulateHalfBlock(
        ref byte data, ref int pixels, int count, ReadOnlySpan<int> quads, ref sbyte weights, ref int bias, ref int sums)
    {
        nint stride = PixelStride;
        for (; count > 1; count -= Tile)
        {
            AccumulateHalfBlockTile(ref data, ref pixels, quads, PieceQuads, ref weights, ref bias, ref sums, stride);
            pixels = ref Unsafe.Add(ref pixels, Tile);
            sums = ref Unsafe.Add(ref sums, Tile * stride);
        }

        if (count == 1)
        {
            AccumulateHalfBlockPixel(ref Unsafe.Add(ref data, pixels), quads, PieceQuads, ref weights, ref bias, ref sums);
        }
    }

    protected override void AccumulatePixel(ref byte pixel, int blocks, ReadOnlySpan<int> quads, ref sbyte weights, ref int bias, ref int sums)
    {
        for (; blocks > 0; blocks--)
        {
            AccumulateBlockPixel(ref pixel, quads, PieceQuads, ref weights, ref bias, ref sums);
            weights = ref Unsafe.Add(ref weights, quads.Length * Block * Quad);
            bias = ref Unsafe.Add(ref bias, Block);
            sums = ref Unsafe.Add(ref sums, Block);
        }
    }

    /// <summary>Four pixels by sixteen channels. Calls nothing, because accumulators would have to leave their registers for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateTile(
        ref byte data, ref int pixels, ReadOnlySpan<int> quads, nint pieceQuads, ref sbyte weights, ref int bias, ref int sums, nint stride)
    {
        ref byte pixel0 = ref Unsafe.Add(ref data, pixels);
        ref byte pixel1 = ref Unsafe.Add(ref data, Unsafe.Add(ref pixels, 1));
        ref byte pixel2 = ref Unsafe.Add(ref data, Unsafe.Add(ref pixels, 2));
        ref byte pixel3 = ref Unsafe.Add(ref data, Unsafe.Add(ref pixels, 3));
        Vector128<int> sum00 = Vector128.LoadUnsafe(ref bias);
        Vector128<int> sum01 = Vector128.LoadUnsafe(ref bias, 4);
        Vector128<int> sum02 = Vector128.LoadUnsafe(ref bias, 8);
        Vector128<int> sum03 = Vector128.LoadUnsafe(ref bias, 12);
        Vector128<int> sum10 = sum00;
        Vector128<int> sum11 = sum01;
        Vector128<int> sum12 = sum02;
        Vector128<int> sum13 = sum03;
        Vector128<int> sum20 = sum00;
        Vector128<int> sum21 = sum01;
        Vector128<int> sum22 = sum02;
        Vector128<int> sum23 = sum03;
        Vector128<int> sum30 = sum00;
        Vector128<int> sum31 = sum01;
        Vector128<int> sum32 = sum02;
        Vector128<int> sum33 = sum03;
        for (nint piece = 0; piece < quads.Length; piece += pieceQuads)
        {
            nint offset = Unsafe.Add(ref MemoryMarshal.GetReference(quads), piece);
            nint left = pieceQuads;
            for (; left >= Quad; left -= Quad)
            {
                Vector128<sbyte> values0 = Vector128.LoadUnsafe(ref Unsafe.Add(ref pixel0, offset)).AsSByte();
                Vector128<sbyte> values1 = Vector128.LoadUnsafe(ref Unsafe.Add(ref pixel1, offset)).AsSByte();
                Vector128<sbyte> values2 = Vector128.LoadUnsafe(ref Unsafe.Add(ref pixel2, offset)).AsSByte();
                Vector128<sbyte> values3 = Vector128.LoadUnsafe(ref Unsafe.Add(ref pixel3, offset)).AsSByte();
                Vector128<sbyte> weights0 = Vector128.LoadUnsafe(ref weights);
                Vector128<sbyte> weights1 = Vector128.LoadUnsafe(ref weights, 16);
                sum00 = Dp.DotProductBySelectedQuadruplet(sum00, weights0, values0, 0);
                sum01 = Dp.DotProductBySelectedQuadruplet(sum01, weights1, values0, 0);
                sum10 = Dp.DotProductBySelectedQuadruplet(sum10, weights0, values1, 0);
                sum11 = Dp.DotProductBySelectedQuadruplet(sum11, weights1, values1, 0);
                sum20 = Dp.DotProductBySelectedQuadruplet(sum20, weights0, values2, 0);
                sum21 = Dp.DotProductBySelectedQuadruplet(sum21, weights1, values2, 0);
                sum30 = Dp.DotProductBySelectedQuadruplet(sum30, weights0, values3, 0);
                sum31 = Dp.DotProductBySelectedQuadruplet(sum31, weights1, values3, 0);
                weights0 = Vector128.LoadUnsafe(ref weights, 32);
                weights1 = Vector128.LoadUnsafe(ref weights, 48);
                sum02 = Dp.DotProductBySelectedQuadruplet(sum02, weights0, values0, 0);
                sum03 = Dp.DotProductBySelectedQuadruplet(sum03, weights1, values0, 0);
                sum12 = Dp.DotProductBySelectedQuadruplet(sum12, weights0, values1, 0);
                sum13 = Dp.DotProductBySelectedQuadruplet(sum13, weights1, values1, 0);
                sum22 = Dp.DotProductBySelectedQuadruplet(sum22, weights0, values2, 0);
                sum23 = Dp.DotProductBySelectedQuadruplet(sum23, weights1, values2, 0);
                sum32 = Dp.DotProductBySelectedQuadruplet(sum32, weights0, values3, 0);
                sum33 = Dp.DotProductBySelectedQuadruplet(sum33, weights1, values3, 0);
                weights0 = Vector128.LoadUnsafe(ref weights, 64);
                weights1 = Vector128.LoadUnsafe(ref weights, 80);
                sum00 = Dp.DotProductBySelectedQuadruplet(sum00, weights0, values0, 1);
                sum01 = Dp.DotProductBySelectedQuadruplet(sum01, weights1, values0, 1);
                sum10 = Dp.DotProductBySelectedQuadruplet(sum10, weights0, values1, 1);
                sum11 = Dp.DotProductBySelectedQuadruplet(sum11, weights1, values1, 1);
                sum20 = Dp.DotProductBySelectedQuadruplet(sum20, weights0, values2, 1);
                sum21 = Dp.DotProductBySelectedQuadruplet(sum21, weights1, values2, 1);
                sum30 = Dp.DotProductBySelectedQuadruplet(sum30, weights0, values3, 1);
                sum31 = Dp.DotProductBySelectedQuadruplet(sum31, weights1, values3, 1);
                weights0 = Vector128.LoadUnsafe(ref weights, 96);
                weights1 = Vector128.LoadUnsafe(ref weights, 112);
                sum02 = Dp.DotProductBySelectedQuadruplet(sum02, weights0, values0, 1);
                sum03 = Dp.DotProductBySelectedQuadruplet(sum03, weights1, values0, 1);
                sum12 = Dp.DotProductBySelectedQuadruplet(sum12, weights0, values1, 1);
                sum13 = Dp.DotProductBySelectedQuadruplet(sum13, weights1, values1, 1);
                sum22 = Dp.DotProductBySelectedQuadruplet(sum22, weights0, values2, 1);
                sum23 = Dp.DotProductBySelectedQuadruplet(sum23, weights1, values2, 1);
                sum32 = Dp.DotProductBySelectedQuadruplet(sum32, weights0, values3, 1);
                sum33 = Dp.DotProductBySelectedQuadruplet(sum33, weights1, values3, 1);
                weights0 = Vector128.LoadUnsafe(ref weights, 128);
                weights1 = Vector128.LoadUnsafe(ref weights, 144);
                sum00 = Dp.DotProductBySelectedQuadruplet(sum00, weights0, values0, 2);
                sum01 = Dp.DotProductBySelectedQuadruplet(sum01, weights1, values0, 2);
                sum10 = Dp.DotProductBySelectedQuadruplet(sum10, weights0, values1, 2);
                sum11 = Dp.DotProductBySelectedQuadruplet(sum11, weights1, values1, 2);
                sum20 = Dp.DotProductBySelectedQuadruplet(sum20, weights0, values2, 2);
                sum21 = Dp.DotProductBySelectedQuadruplet(sum21, weights1, values2, 2);
                sum30 = Dp.DotProductBySelectedQuadruplet(sum30, weights0, values3, 2);
                sum31 = Dp.DotProductBySelectedQuadruplet(sum31, weights1, values3, 2);
                weights0 = Vector128.LoadUnsafe(ref weights, 160);
                weights1 = Vector128.LoadUnsafe(ref weights, 176);
                sum02 = Dp.DotProductBySelectedQuadruplet(sum02, weights0, values0, 2);
                sum03 = Dp.DotProductBySelectedQuadruplet(sum03, weights1, values0, 2);
                sum12 = Dp.DotProductBySelectedQuadruplet(sum12, weights0, values1, 2);
                sum13 = Dp.DotProductBySelectedQuadruplet(sum13, weights1, values1, 2);
                sum22 = Dp.DotProductBySelectedQuadruplet(sum22, weights0, values2, 2);
                sum23 = Dp.DotProductBySelectedQuadruplet(sum23, weights1, values2, 2);
                sum32 = Dp.DotProductBySelectedQuadruplet(sum32, weights0, values3, 2);
                sum33 = Dp.DotProductBySelectedQuadruplet(sum33, weights1, values3, 2);
                weights0 = Vector128.LoadUnsafe(ref weights, 192);
                weights1 = Vector128.LoadUnsafe(ref weights, 208);
                sum00 = Dp.DotProductBySelectedQuadruplet(sum00, weights0, values0, 3);
                sum01 = Dp.DotProductBySelectedQuadruplet(sum01, weights1, values0, 3);
                sum10 = Dp.DotProductBySelectedQuadruplet(sum10, weights0, values1, 3);
                sum11 = Dp.DotProductBySelectedQuadruplet(sum11, weights1, values1, 3);
                sum20 = Dp.DotProductBySelectedQuadruplet(sum20, weights0, values2, 3);
                sum21 = Dp.DotProductBySelectedQuadruplet(sum21, weights1, values2, 3);
                sum30 = Dp.DotProductBySelectedQuadruplet(sum30, weights0, values3, 3);
                sum31 = Dp.DotProductBySelectedQuadruplet(sum31, weights1, values3, 3);
                weights0 = Vector128.LoadUnsafe(ref weights, 224);
                weights1 = Vector128.LoadUnsafe(ref weights, 240);
                sum02 = Dp.DotProductBySelectedQuadruplet(sum02, weights0, values0, 3);
                sum03 = Dp.DotProductBySelectedQuadruplet(sum03, weights1, values0, 3);
                sum12 = Dp.DotProductBySelectedQuadruplet(sum12, weights0, values1, 3);
                sum13 = Dp.DotProductBySelectedQuadruplet(sum13, weights1, values1, 3);
                sum22 = Dp.DotProductBySelectedQuadruplet(sum22, weights0, values2, 3);
                sum23 = Dp.DotProductBySelectedQuadruplet(sum23, weights1, values2, 3);
                sum32 = Dp.DotProductBySelectedQuadruplet(sum32, weights0, values3, 3);
                sum33 = Dp.DotProductBySelectedQuadruplet(sum33, weights1, values3, 3);
                weights = ref Unsafe.Add(ref weights, Quad * Block * Quad);
                offset += Quad * Quad;
            }

            if (left > 0)
            {
                Vector128<sbyte> values0 = Vector128.LoadUnsafe(ref Unsafe.Add(ref pixel0, offset)).AsSByte();
                Vector128<sbyte> values1 = Vector128.LoadUnsafe(ref Unsafe.Add(ref pixel1, offset)).AsSByte();
                Vector128<sbyte> values2 = Vector128.LoadUnsafe(ref Unsafe.Add(ref pixel2, offset)).AsSByte();
                Vector128<sbyte> values3 = Vector128.LoadUnsafe(ref Unsafe.Add(ref pixel3, offset)).AsSByte();
                Vector128<sbyte> weights0 = Vector128.LoadUnsafe(ref weights);
                Vector128<sbyte> weights1 = Vector128.LoadUnsafe(ref weights, 16);
                sum00 = Dp.DotProductBySelectedQuadruplet(sum00, weights0, values0, 0);
                sum01 = Dp.DotProductBySelectedQuadruplet(sum01, weights1, values0, 0);
                sum10 = Dp.DotProductBySelectedQuadruplet(sum10, weights0, values1, 0);
                sum11 = Dp.DotProductBySelectedQuadruplet(sum11, weights1, values1, 0);
                sum20 = Dp.DotProductBySelectedQuadruplet(sum20, weights0, values2, 0);
                sum21 = Dp.DotProductBySelectedQuadruplet(sum21, weights1, values2, 0);
                sum30 = Dp.DotProductBySelectedQuadruplet(sum30, weights0, values3, 0);
                sum31 = Dp.DotProductBySelectedQuadruplet(sum31, weights1, values3, 0);
                weights0 = Vector128.LoadUnsafe(ref weights, 32);
                weights1 = Vector128.LoadUnsafe(ref weights, 48);
                sum02 = Dp.DotProductBySelectedQuadruplet(sum02, weights0, values0, 0);
                sum03 = Dp.DotProductBySelectedQuadruplet(sum03, weights1, values0, 0);
                sum12 = Dp.DotProductBySelectedQuadruplet(sum12, weights0, values1, 0);
                sum13 = Dp.DotProductBySelectedQuadruplet(sum13, weights1, values1, 0);
                sum22 = Dp.DotProductBySelectedQuadruplet(sum22, weights0, values2, 0);
                sum23 = Dp.DotProductBySelectedQuadruplet(sum23, weights1, values2, 0);
                sum32 = Dp.DotProductBySelectedQuadruplet(sum32, weights0, values3, 0);
                sum33 = Dp.DotProductBySelectedQuadruplet(sum33, weights1, values3, 0);
                if (left > 1)
                {
                    weights0 = Vector128.LoadUnsafe(ref weights, 64);
                    weights1 = Vector128.LoadUnsafe(ref weights, 80);
                    sum00 = Dp.DotProductBySelectedQuadruplet(sum00, weights0, values0, 1);
                    sum01 = Dp.DotProductBySelectedQuadruplet(sum01, weights1, values0, 1);
                    sum10 = Dp.DotProductBySelectedQuadruplet(sum10, weights0, values1, 1);
                    sum11 = Dp.DotProductBySelectedQuadruplet(sum11, weights1, values1, 1);
                    sum20 = Dp.DotProductBySelectedQuadruplet(sum20, weights0, values2, 1);
                    sum21 = Dp.DotProductBySelectedQuadruplet(sum21, weights1, values2, 1);
                    sum30 = Dp.DotProductBySelectedQuadruplet(sum30, weights0, values3, 1);
                    sum31 = Dp.DotProductBySelectedQuadruplet(sum31, weights1, values3, 1);
                    weights0 = Vector128.LoadUnsafe(ref weights, 96);
                    weights1 = Vector128.LoadUnsafe(ref weights, 112);
                    sum02 = Dp.DotProductBySelectedQuadruplet(sum02, weights0, values0, 1);
                    sum03 = Dp.DotProductBySelectedQuadruplet(sum03, weights1, values0, 1);
                    sum12 = Dp.DotProductBySelectedQuadruplet(sum12, weights0, values1, 1);
                    sum13 = Dp.DotProductBySelectedQuadruplet(sum13, weights1, values1, 1);
                    sum22 = Dp.DotProductBySelectedQuadruplet(sum22, weights0, values2, 1);
                    sum23 = Dp.DotProductBySelectedQuadruplet(sum23, weights1, values2, 1);
                    sum32 = Dp.DotProductBySelectedQuadruplet(sum32, weights0, values3, 1);
                    sum33 = Dp.DotProductBySelectedQuadruplet(sum33, weights1, values3, 1);
                }

                if (left > 2)
                {
                    weights0 = Vector128.LoadUnsafe(ref weights, 128);
                    weights1 = Vector128.LoadUnsafe(ref weights, 144);
                    sum00 = Dp.DotProductBySelectedQuadruplet(sum00, weights0, values0, 2);
                    sum01 = Dp.DotProductBySelectedQuadruplet(sum01, weights1, values0, 2);
                    sum10 = Dp.DotProductBySelectedQuadruplet(sum10, weights0, values1, 2);
                    sum11 = Dp.DotProductBySelectedQuadruplet(sum11, weights1, values1, 2);
                    sum20 = Dp.DotProductBySelectedQuadruplet(sum20, weights0, values2, 2);
                    sum21 = Dp.DotProductBySelectedQuadruplet(sum21, weights1, values2, 2);
                    sum30 = Dp.DotProductBySelectedQuadruplet(sum30, weights0, values3, 2);
                    sum31 = Dp.DotProductBySelectedQuadruplet(sum31, weights1, values3, 2);
                    weights0 = Vector128.LoadUnsafe(ref weights, 160);
                    weights1 = Vector128.LoadUnsafe(ref weights, 176);
                    sum02 = Dp.DotProductBySelectedQuadruplet(sum02, weights0, values0, 2);
                    sum03 = Dp.DotProductBySelectedQuadruplet(sum03, weights1, values0, 2);
                    sum12 = Dp.DotProductBySelectedQuadruplet(sum12, weights0, values1, 2);
                    sum13 = Dp.DotProductBySelectedQuadruplet(sum13, weights1, values1, 2);
                    sum22 = Dp.DotProductBySelectedQuadruplet(sum22, weights0, values2, 2);
                    sum23 = Dp.DotProductBySelectedQuadruplet(sum23, weights1, values2, 2);
                    sum32 = Dp.DotProductBySelectedQuadruplet(sum32, weights0, values3, 2);
                    sum33 = Dp.DotProductBySelectedQuadruplet(sum33, weights1, values3, 2);
                }

                weights = ref Unsafe.Add(ref weights, left * Block * Quad);
            }
        }

        ref int sums1 = ref Unsafe.Add(ref sums, stride);
        ref int sums2 = ref Unsafe.Add(ref sums1, stride);
        ref int sums3 = ref Unsafe.Add(ref sums2, stride);
        sum00.StoreUnsafe(ref sums);
        sum01.StoreUnsafe(ref sums, 4);
        sum02.StoreUnsafe(ref sums, 8);
        sum03.StoreUnsafe(ref sums, 12);
        sum10.StoreUnsafe(ref sums1);
        sum11.StoreUnsafe(ref sums1, 4);
        sum12.StoreUnsafe(ref sums1, 8);
        sum13.StoreUnsafe(ref sums1, 12);
        sum20.StoreUnsafe(ref sums2);
        sum21.StoreUnsafe(ref sums2, 4);
        sum22.StoreUnsafe(ref sums2, 8);
        sum23.StoreUnsafe(ref sums2, 12);
        sum30.StoreUnsafe(ref sums3);
        sum31.StoreUnsafe(ref sums3, 4);
        sum32.StoreUnsafe(ref sums3, 8);
        sum33.StoreUnsafe(ref sums3, 12);
    }

    /// <summary>Four pixels by eight channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateHalfBlockTile(
        ref byte data, ref int pixels, ReadOnlySpan<int> quads, nint pieceQuads, ref sbyte weights, ref int bias, ref int sums, nint stride)
    {
        ref byte pixel0 = ref Unsafe.Add(ref data, pixels);
        ref byte pixel1 = ref Unsafe.Add(ref data, Unsafe.Add(ref pixels, 1));
        ref byte pixel2 = ref Unsafe.Add(ref data, Unsafe.Add(ref pixels, 2));
        ref byte pixel3 = ref Unsafe.Add(ref data, Unsafe.Add(ref pixels, 3));
        Vector128<int> sum00 = Vector128.LoadUnsafe(ref bias);
        Vector128<int> sum01 = Vector128.LoadUnsafe(ref bias, 4);
        Vector128<int> sum10 = sum00;
        Vector128<int> sum11 = sum01;
        Vector128<int> sum20 = sum00;
        Vector128<int> sum21 = sum01;
        Vector128<int> sum30 = sum00;
        Vector128<int> sum31 = sum01;
        for (nint piece = 0; piece < quads.Length; piece += pieceQuads)
        {
            nint offset = Unsafe.Add(ref MemoryMarshal.GetReference(quads), piece);
            nint left = pieceQuads;
            for (; left >= Quad; left -= Quad)
            {
                Vector128<sbyte> values0 = Vector128.LoadUnsafe(ref Unsafe.Add(ref pixel0, offset)).AsSByte();
                Vector128<sbyte> values1 = Vector128.LoadUnsafe(ref Unsafe.Add(ref pixel1, offset)).AsSByte();
                Vector128<sbyte> values2 = Vector128.LoadUnsafe(ref Unsafe.Add(ref pixel2, offset)).AsSByte();
                Vector128<sbyte> values3 = Vector128.LoadUnsafe(ref Unsafe.Add(ref pixel3, offset)).AsSByte();
                Vector128<sbyte> weights0 = Vector128.LoadUnsafe(ref weights);
                Vector128<sbyte> weights1 = Vector128.LoadUnsafe(ref weights, 16);
                sum00 = Dp.DotProductBySelectedQuadruplet(sum00, weights0, values0, 0);
                sum01 = Dp.DotProductBySelectedQuadruplet(sum01, weights1, values0, 0);
                sum10 = Dp.DotProductBySelectedQuadruplet(sum10, weights0, values1, 0);
                sum11 = Dp.DotProductBySelectedQuadruplet(sum11, weights1, values1, 0);
                sum20 = Dp.DotProductBySelectedQuadruplet(sum20, weights0, values2, 0);
                sum21 = Dp.DotProductBySelectedQuadruplet(sum21, weights1, values2, 0);
                sum30 = Dp.DotProductBySelectedQuadruplet(sum30, weights0, values3, 0);
                sum31 = Dp.DotProductBySelectedQuadruplet(sum31, weights1, values3, 0);
                weights0 = Vector128.LoadUnsafe(ref weights, 32);
                weights1 = Vector128.LoadUnsafe(ref weights, 48);
                sum00 = Dp.DotProductBySelectedQuadruplet(sum00, weights0, values0, 1);
                sum01 = Dp.DotProductBySelectedQuadruplet(sum01, weights1, values0, 1);
                sum10 = Dp.DotProductBySelectedQuadruplet(sum10, weights0, values1, 1);
                sum11 = Dp.DotProductBySelectedQuadruplet(sum11, weights1, values1, 1);
                sum20 = Dp.DotProductBySelectedQuadruplet(sum20, weights0, values2, 1);
                sum21 = Dp.DotProductBySelectedQuadruplet(sum21, weights1, values2, 1);
                sum30 = Dp.DotProductBySelectedQuadruplet(sum30, weights0, values3, 1);
                sum31 = Dp.DotProductBySelectedQuadruplet(sum31, weights1, values3, 1);
                weights0 = Vector128.LoadUnsafe(ref weights, 64);
                weights1 = Vector128.LoadUnsafe(ref weights, 80);
                sum00 = Dp.DotProductBySelectedQuadruplet(sum00, weights0, values0, 2);
                sum01 = Dp.DotProductBySelectedQuadruplet(sum01, weights1, values0, 2);
                sum10 = Dp.DotProductBySelectedQuadruplet(sum10, weights0, values1, 2);
                sum11 = Dp.DotProductBySelectedQuadruplet(sum11, weights1, values1, 2);
                sum20 = Dp.DotProductBySelectedQuadruplet(sum20, weights0, values2, 2);
                sum21 = Dp.DotProductBySelectedQuadruplet(sum21, weights1, values2, 2);
                sum30 = Dp.DotProductBySelectedQuadruplet(sum30, weights0, values3, 2);
                sum31 = Dp.DotProductBySelectedQuadruplet(sum31, weights1, values3, 2);
                weights0 = Vector128.LoadUnsafe(ref weights, 96);
                weights1 = Vector128.LoadUnsafe(ref weights, 112);
                sum00 = Dp.DotProductBySelectedQuadruplet(sum00, weights0, values0, 3);
                sum01 = Dp.DotProductBySelectedQuadruplet(sum01, weights1, values0, 3);
                sum10 = Dp.DotProductBySelectedQuadruplet(sum10, weights0, values1, 3);
                sum11 = Dp.DotProductBySelectedQuadruplet(sum11, weights1, values1, 3);
                sum20 = Dp.DotProductBySelectedQuadruplet(sum20, weights0, values2, 3);
                sum21 = Dp.DotProductBySelectedQuadruplet(sum21, weights1, values2, 3);
                sum30 = Dp.DotProductBySelectedQuadruplet(sum30, weights0, values3, 3);
                sum31 = Dp.DotProductBySelectedQuadruplet(sum31, weights1, values3, 3);
                weights = ref Unsafe.Add(ref weights, Quad * HalfBlock * Quad);
                offset += Quad * Quad;
            }

            if (left > 0)
            {
                Vector128<sbyte> values0 = Vector128.LoadUnsafe(ref Unsafe.Add(ref pixel0, offset)).AsSByte();
                Vector128<sbyte> values1 = Vector128.LoadUnsafe(ref Unsafe.Add(ref pixel1, offset)).AsSByte();
                Vector128<sbyte> values2 = Vector128.LoadUnsafe(ref Unsafe.Add(ref pixel2, offset)).AsSByte();
                Vector128<sbyte> values3 = Vector128.LoadUnsafe(ref Unsafe.Add(ref pixel3, offset)).AsSByte();
                Vector128<sbyte> weights0 = Vector128.LoadUnsafe(ref weights);
                Vector128<sbyte> weights1 = Vector128.LoadUnsafe(ref weights, 16);
                sum00 = Dp.DotProductBySelectedQuadruplet(sum00, weights0, values0, 0);
                sum01 = Dp.DotProductBySelectedQuadruplet(sum01, weights1, values0, 0);
                sum10 = Dp.DotProductBySelectedQuadruplet(sum10, weights0, values1, 0);
                sum11 = Dp.DotProductBySelectedQuadruplet(sum11, weights1, values1, 0);
                sum20 = Dp.DotProductBySelectedQuadruplet(sum20, weights0, values2, 0);
                sum21 = Dp.DotProductBySelectedQuadruplet(sum21, weights1, values2, 0);
                sum30 = Dp.DotProductBySelectedQuadruplet(sum30, weights0, values3, 0);
                sum31 = Dp.DotProductBySelectedQuadruplet(sum31, weights1, values3, 0);
                if (left > 1)
                {
                    weights0 = Vector128.LoadUnsafe(ref weights, 32);
                    weights1 = Vector128.LoadUnsafe(ref weights, 48);
                    sum00 = Dp.DotProductBySelectedQuadruplet(sum00, weights0, values0, 1);
                    sum01 = Dp.DotProductBySelectedQuadruplet(sum01, weights1, values0, 1);
                    sum10 = Dp.DotProductBySelectedQuadruplet(sum10, weights0, values1, 1);
                    sum11 = Dp.DotProductBySelectedQuadruplet(sum11, weights1, values1, 1);
                    sum20 = Dp.DotProductBySelectedQuadruplet(sum20, weights0, values2, 1);
                    sum21 = Dp.DotProductBySelectedQuadruplet(sum21, weights1, values2, 1);
                    sum30 = Dp.DotProductBySelectedQuadruplet(sum30, weights0, values3, 1);
                    sum31 = Dp.DotProductBySelectedQuadruplet(sum31, weights1, values3, 1);
                }

                if (left > 2)
                {
                    weights0 = Vector128.LoadUnsafe(ref weights, 64);
                    weights1 = Vector128.LoadUnsafe(ref weights, 80);
                    sum00 = Dp.DotProductBySelectedQuadruplet(sum00, weights0, values0, 2);
                    sum01 = Dp.DotProductBySelectedQuadruplet(sum01, weights1, values0, 2);
                    sum10 = Dp.DotProductBySelectedQuadruplet(sum10, weights0, values1, 2);
                    sum11 = Dp.DotProductBySelectedQuadruplet(sum11, weights1, values1, 2);
                    sum20 = Dp.DotProductBySelectedQuadruplet(sum20, weights0, values2, 2);
                    sum21 = Dp.DotProductBySelectedQuadruplet(sum21, weights1, values2, 2);
                    sum30 = Dp.DotProductBySelectedQuadruplet(sum30, weights0, values3, 2);
                    sum31 = Dp.DotProductBySelectedQuadruplet(sum31, weights1, values3, 2);
                }

                weights = ref Unsafe.Add(ref weights, left * HalfBlock * Quad);
            }
        }

        ref int sums1 = ref Unsafe.Add(ref sums, stride);
        ref int sums2 = ref Unsafe.Add(ref sums1, stride);
        ref int sums3 = ref Unsafe.Add(ref sums2, stride);
        sum00.StoreUnsafe(ref sums);
        sum01.StoreUnsafe(ref sums, 4);
        sum10.StoreUnsafe(ref sums1);
        sum11.StoreUnsafe(ref sums1, 4);
        sum20.StoreUnsafe(ref sums2);
        sum21.StoreUnsafe(ref sums2, 4);
        sum30.StoreUnsafe(ref sums3);
        sum31.StoreUnsafe(ref sums3, 4);
    }

    /// <summary>One pixel by sixteen channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateBlockPixel(ref byte pixel0, ReadOnlySpan<int> quads, nint pieceQuads, ref sbyte weights, ref int bias, ref int sums)
    {
        Vector128<int> sum00 = Vector128.LoadUnsafe(ref bias);
        Vector128<int> sum01 = Vector128.LoadUnsafe(ref bias, 4);
        Vector128<int> sum02 = Vector128.LoadUnsafe(ref bias, 8);
        Vector128<int> sum03 = Vector128.LoadUnsafe(ref bias, 12);
        for (nint piece = 0; piece < quads.Length; piece += pieceQuads)
        {
            nint offset = Unsafe.Add(ref MemoryMarshal.GetReference(quads), piece);
            nint left = pieceQuads;
            for (; left >= Quad; left -= Quad)
            {
                Vector128<sbyte> values0 = Vector128.LoadUnsafe(ref Unsafe.Add(ref pixel0, offset)).AsSByte();
                Vector128<sbyte> weights0 = Vector128.LoadUnsafe(ref weights);
                Vector128<sbyte> weights1 = Vector128.LoadUnsafe(ref weights, 16);
                sum00 = Dp.DotProductBySelectedQuadruplet(sum00, weights0, values0, 0);
                sum01 = Dp.DotProductBySelectedQuadruplet(sum01, weights1, values0, 0);
                weights0 = Vector128.LoadUnsafe(ref weights, 32);
                weights1 = Vector128.LoadUnsafe(ref weights, 48);
                sum02 = Dp.DotProductBySelectedQuadruplet(sum02, weights0, values0, 0);
                sum03 = Dp.DotProductBySelectedQuadruplet(sum03, weights1, values0, 0);
                weights0 = Vector128.LoadUnsafe(ref weights, 64);
                weights1 = Vector128.LoadUnsafe(ref weights, 80);
                sum00 = Dp.DotProductBySelectedQuadruplet(sum00, weights0, values0, 1);
                sum01 = Dp.DotProductBySelectedQuadruplet(sum01, weights1, values0, 1);
                weights0 = Vector128.LoadUnsafe(ref weights, 96);
                weights1 = Vector128.LoadUnsafe(ref weights, 112);
                sum02 = Dp.DotProductBySelectedQuadruplet(sum02, weights0, values0, 1);
                sum03 = Dp.DotProductBySelectedQuadruplet(sum03, weights1, values0, 1);
                weights0 = Vector128.LoadUnsafe(ref weights, 128);
                weights1 = Vector128.LoadUnsafe(ref weights, 144);
                sum00 = Dp.DotProductBySelectedQuadruplet(sum00, weights0, values0, 2);
                sum01 = Dp.DotProductBySelectedQuadruplet(sum01, weights1, values0, 2);
                weights0 = Vector128.LoadUnsafe(ref weights, 160);
                weights1 = Vector128.LoadUnsafe(ref weights, 176);
                sum02 = Dp.DotProductBySelectedQuadruplet(sum02, weights0, values0, 2);
                sum03 = Dp.DotProductBySelectedQuadruplet(sum03, weights1, values0, 2);
                weights0 = Vector128.LoadUnsafe(ref weights, 192);
                weights1 = Vector128.LoadUnsafe(ref weights, 208);
                sum00 = Dp.DotProductBySelectedQuadruplet(sum00, weights0, values0, 3);
                sum01 = Dp.DotProductBySelectedQuadruplet(sum01, weights1, values0, 3);
                weights0 = Vector128.LoadUnsafe(ref weights, 224);
                weights1 = Vector128.LoadUnsafe(ref weights, 240);
                sum02 = Dp.DotProductBySelectedQuadruplet(sum02, weights0, values0, 3);
                sum03 = Dp.DotProductBySelectedQuadruplet(sum03, weights1, values0, 3);
                weights = ref Unsafe.Add(ref weights, Quad * Block * Quad);
                offset += Quad * Quad;
            }

            for (; left > 0; left--)
            {
                Vector128<sbyte> values0 = Vector128.LoadUnsafe(ref Unsafe.Add(ref pixel0, offset)).AsSByte();
                Vector128<sbyte> weights0 = Vector128.LoadUnsafe(ref weights);
                Vector128<sbyte> weights1 = Vector128.LoadUnsafe(ref weights, 16);
                sum00 = Dp.DotProductBySelectedQuadruplet(sum00, weights0, values0, 0);
                sum01 = Dp.DotProductBySelectedQuadruplet(sum01, weights1, values0, 0);
                weights0 = Vector128.LoadUnsafe(ref weights, 32);
                weights1 = Vector128.LoadUnsafe(ref weights, 48);
                sum02 = Dp.DotProductBySelectedQuadruplet(sum02, weights0, values0, 0);
                sum03 = Dp.DotProductBySelectedQuadruplet(sum03, weights1, values0, 0);
                weights = ref Unsafe.Add(ref weights, Block * Quad);
                offset += Quad;
            }
        }

        sum00.StoreUnsafe(ref sums);
        sum01.StoreUnsafe(ref sums, 4);
        sum02.StoreUnsafe(ref sums, 8);
        sum03.StoreUnsafe(ref sums, 12);
    }

    /// <summary>One pixel by eight channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateHalfBlockPixel(ref byte pixel0, ReadOnlySpan<int> quads, nint pieceQuads, ref sbyte weights, ref int bias, ref int sums)
    {
        Vector128<int> sum00 = Vector128.LoadUnsafe(ref bias);
        Vector128<int> sum01 = Vector128.LoadUnsafe(ref bias, 4);
        for (nint piece = 0; piece < quads.Length; piece += pieceQuads)
        {
            nint offset = Unsafe.Add(ref MemoryMarshal.GetReference(quads), piece);
            nint left = pieceQuads;
            for (; left >= Quad; left -= Quad)
            {
                Vector128<sbyte> values0 = Vector128.LoadUnsafe(ref Unsafe.Add(ref pixel0, offset)).AsSByte();
                Vector128<sbyte> weights0 = Vector128.LoadUnsafe(ref weights);
                Vector128<sbyte> weights1 = Vector128.LoadUnsafe(ref weights, 16);
                sum00 = Dp.DotProductBySelectedQuadruplet(sum00, weights0, values0, 0);
                sum01 = Dp.DotProductBySelectedQuadruplet(sum01, weights1, values0, 0);
                weights0 = Vector128.LoadUnsafe(ref weights, 32);
                weights1 = Vector128.LoadUnsafe(ref weights, 48);
                sum00 = Dp.DotProductBySelectedQuadruplet(sum00, weights0, values0, 1);
                sum01 = Dp.DotProductBySelectedQuadruplet(sum01, weights1, values0, 1);
                weights0 = Vector128.LoadUnsafe(ref weights, 64);
                weights1 = Vector128.LoadUnsafe(ref weights, 80);
                sum00 = Dp.DotProductBySelectedQuadruplet(sum00, weights0, values0, 2);
                sum01 = Dp.DotProductBySelectedQuadruplet(sum01, weights1, values0, 2);
                weights0 = Vector128.LoadUnsafe(ref weights, 96);
                weights1 = Vector128.LoadUnsafe(ref weights, 112);
                sum00 = Dp.DotProductBySelectedQuadruplet(sum00, weights0, values0, 3);
                sum01 = Dp.DotProductBySelectedQuadruplet(sum01, weights1, values0, 3);
                weights = ref Unsafe.Add(ref weights, Quad * HalfBlock * Quad);
                offset += Quad * Quad;
            }

            for (; left > 0; left--)
            {
                Vector128<sbyte> values0 = Vector128.LoadUnsafe(ref Unsafe.Add(ref pixel0, offset)).AsSByte();
                Vector128<sbyte> weights0 = Vector128.LoadUnsafe(ref weights);
                Vector128<sbyte> weights1 = Vector128.LoadUnsafe(ref weights, 16);
                sum00 = Dp.DotProductBySelectedQuadruplet(sum00, weights0, values0, 0);
                sum01 = Dp.DotProductBySelectedQuadruplet(sum01, weights1, values0, 0);
                weights = ref Unsafe.Add(ref weights, HalfBlock * Quad);
                offset += Quad;
            }
        }

        sum00.StoreUnsafe(ref sums);
        sum01.StoreUnsafe(ref sums, 4);
    }
}
