using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels.Arm;

/// <summary>
/// Convolution for Arm64 with NEON: accumulators of two pixels by sixteen channels, or four by eight, stay in registers. Products of two quads are
/// added in 16 bits (<see cref="NeonQuads"/>), where weights may not be -128.
/// </summary>
/// <inheritdoc cref="QuadConvolution(Window, ReadOnlySpan{sbyte}, RowParameters, Requantizer, byte)"/>
internal sealed class NeonConvolution(Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer)
    : QuadConvolution(window, filter, parameters, requantizer, 0)
{
    private const int Tile = 2;
    private const int HalfBlockTile = 4;

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
        for (; count > 1; count -= HalfBlockTile)
        {
            AccumulateHalfBlockTile(ref data, ref pixels, quads, PieceQuads, ref weights, ref bias, ref sums, stride);
            pixels = ref Unsafe.Add(ref pixels, HalfBlockTile);
            sums = ref Unsafe.Add(ref sums, HalfBlockTile * stride);
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

    /// <summary>Two pixels by sixteen channels. Calls nothing, because accumulators would have to leave their registers for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateTile(
        ref byte data, ref int pixels, ReadOnlySpan<int> quads, nint pieceQuads, ref sbyte weights, ref int bias, ref int sums, nint stride)
    {
        ref byte pixel0 = ref Unsafe.Add(ref data, pixels);
        ref byte pixel1 = ref Unsafe.Add(ref data, Unsafe.Add(ref pixels, 1));
        Vector128<int> bias0 = Vector128.LoadUnsafe(ref bias);
        Vector128<int> bias1 = Vector128.LoadUnsafe(ref bias, 4);
        Vector128<int> bias2 = Vector128.LoadUnsafe(ref bias, 8);
        Vector128<int> bias3 = Vector128.LoadUnsafe(ref bias, 12);
        (Vector128<int> sum00, Vector128<int> sum01) = NeonQuads.Spread(bias0);
        (Vector128<int> sum02, Vector128<int> sum03) = NeonQuads.Spread(bias1);
        (Vector128<int> sum04, Vector128<int> sum05) = NeonQuads.Spread(bias2);
        (Vector128<int> sum06, Vector128<int> sum07) = NeonQuads.Spread(bias3);
        Vector128<int> sum10 = sum00;
        Vector128<int> sum11 = sum01;
        Vector128<int> sum12 = sum02;
        Vector128<int> sum13 = sum03;
        Vector128<int> sum14 = sum04;
        Vector128<int> sum15 = sum05;
        Vector128<int> sum16 = sum06;
        Vector128<int> sum17 = sum07;
        for (nint piece = 0; piece < quads.Length; piece += pieceQuads)
        {
            nint offset = Unsafe.Add(ref MemoryMarshal.GetReference(quads), piece);
            nint end = offset + (pieceQuads * Quad);
            for (; offset < end - Quad; offset += 2 * Quad)
            {
                Vector64<int> pair = Vector64.LoadUnsafe(ref Unsafe.Add(ref pixel0, offset)).AsInt32();
                Vector64<sbyte> values00 = AdvSimd.DuplicateSelectedScalarToVector64(pair, 0).AsSByte();
                Vector64<sbyte> values01 = AdvSimd.DuplicateSelectedScalarToVector64(pair, 1).AsSByte();
                pair = Vector64.LoadUnsafe(ref Unsafe.Add(ref pixel1, offset)).AsInt32();
                Vector64<sbyte> values10 = AdvSimd.DuplicateSelectedScalarToVector64(pair, 0).AsSByte();
                Vector64<sbyte> values11 = AdvSimd.DuplicateSelectedScalarToVector64(pair, 1).AsSByte();
                Vector64<sbyte> first0 = Vector64.LoadUnsafe(ref weights);
                Vector64<sbyte> first1 = Vector64.LoadUnsafe(ref weights, 8);
                Vector64<sbyte> second0 = Vector64.LoadUnsafe(ref weights, 64);
                Vector64<sbyte> second1 = Vector64.LoadUnsafe(ref weights, 72);
                sum00 = NeonQuads.Add(sum00, values00, first0, values01, second0);
                sum01 = NeonQuads.Add(sum01, values00, first1, values01, second1);
                sum10 = NeonQuads.Add(sum10, values10, first0, values11, second0);
                sum11 = NeonQuads.Add(sum11, values10, first1, values11, second1);
                first0 = Vector64.LoadUnsafe(ref weights, 16);
                first1 = Vector64.LoadUnsafe(ref weights, 24);
                second0 = Vector64.LoadUnsafe(ref weights, 80);
                second1 = Vector64.LoadUnsafe(ref weights, 88);
                sum02 = NeonQuads.Add(sum02, values00, first0, values01, second0);
                sum03 = NeonQuads.Add(sum03, values00, first1, values01, second1);
                sum12 = NeonQuads.Add(sum12, values10, first0, values11, second0);
                sum13 = NeonQuads.Add(sum13, values10, first1, values11, second1);
                first0 = Vector64.LoadUnsafe(ref weights, 32);
                first1 = Vector64.LoadUnsafe(ref weights, 40);
                second0 = Vector64.LoadUnsafe(ref weights, 96);
                second1 = Vector64.LoadUnsafe(ref weights, 104);
                sum04 = NeonQuads.Add(sum04, values00, first0, values01, second0);
                sum05 = NeonQuads.Add(sum05, values00, first1, values01, second1);
                sum14 = NeonQuads.Add(sum14, values10, first0, values11, second0);
                sum15 = NeonQuads.Add(sum15, values10, first1, values11, second1);
                first0 = Vector64.LoadUnsafe(ref weights, 48);
                first1 = Vector64.LoadUnsafe(ref weights, 56);
                second0 = Vector64.LoadUnsafe(ref weights, 112);
                second1 = Vector64.LoadUnsafe(ref weights, 120);
                sum06 = NeonQuads.Add(sum06, values00, first0, values01, second0);
                sum07 = NeonQuads.Add(sum07, values00, first1, values01, second1);
                sum16 = NeonQuads.Add(sum16, values10, first0, values11, second0);
                sum17 = NeonQuads.Add(sum17, values10, first1, values11, second1);
                weights = ref Unsafe.Add(ref weights, 2 * Block * Quad);
            }

            if (offset < end)
            {
                Vector64<sbyte> values0 = Vector64.Create(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref pixel0, offset))).AsSByte();
                Vector64<sbyte> values1 = Vector64.Create(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref pixel1, offset))).AsSByte();
                Vector64<sbyte> factors = Vector64.LoadUnsafe(ref weights);
                sum00 = NeonQuads.Add(sum00, values0, factors);
                sum10 = NeonQuads.Add(sum10, values1, factors);
                factors = Vector64.LoadUnsafe(ref weights, 8);
                sum01 = NeonQuads.Add(sum01, values0, factors);
                sum11 = NeonQuads.Add(sum11, values1, factors);
                factors = Vector64.LoadUnsafe(ref weights, 16);
                sum02 = NeonQuads.Add(sum02, values0, factors);
                sum12 = NeonQuads.Add(sum12, values1, factors);
                factors = Vector64.LoadUnsafe(ref weights, 24);
                sum03 = NeonQuads.Add(sum03, values0, factors);
                sum13 = NeonQuads.Add(sum13, values1, factors);
                factors = Vector64.LoadUnsafe(ref weights, 32);
                sum04 = NeonQuads.Add(sum04, values0, factors);
                sum14 = NeonQuads.Add(sum14, values1, factors);
                factors = Vector64.LoadUnsafe(ref weights, 40);
                sum05 = NeonQuads.Add(sum05, values0, factors);
                sum15 = NeonQuads.Add(sum15, values1, factors);
                factors = Vector64.LoadUnsafe(ref weights, 48);
                sum06 = NeonQuads.Add(sum06, values0, factors);
                sum16 = NeonQuads.Add(sum16, values1, factors);
                factors = Vector64.LoadUnsafe(ref weights, 56);
                sum07 = NeonQuads.Add(sum07, values0, factors);
                sum17 = NeonQuads.Add(sum17, values1, factors);
                weights = ref Unsafe.Add(ref weights, Block * Quad);
            }
        }

        ref int sums1 = ref Unsafe.Add(ref sums, stride);
        AdvSimd.Arm64.AddPairwise(sum00, sum01).StoreUnsafe(ref sums);
        AdvSimd.Arm64.AddPairwise(sum02, sum03).StoreUnsafe(ref sums, 4);
        AdvSimd.Arm64.AddPairwise(sum04, sum05).StoreUnsafe(ref sums, 8);
        AdvSimd.Arm64.AddPairwise(sum06, sum07).StoreUnsafe(ref sums, 12);
        AdvSimd.Arm64.AddPairwise(sum10, sum11).StoreUnsafe(ref sums1);
        AdvSimd.Arm64.AddPairwise(sum12, sum13).StoreUnsafe(ref sums1, 4);
        AdvSimd.Arm64.AddPairwise(sum14, sum15).StoreUnsafe(ref sums1, 8);
        AdvSimd.Arm64.AddPairwise(sum16, sum17).StoreUnsafe(ref sums1, 12);
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
        Vector128<int> bias0 = Vector128.LoadUnsafe(ref bias);
        Vector128<int> bias1 = Vector128.LoadUnsafe(ref bias, 4);
        (Vector128<int> sum00, Vector128<int> sum01) = NeonQuads.Spread(bias0);
        (Vector128<int> sum02, Vector128<int> sum03) = NeonQuads.Spread(bias1);
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
            nint end = offset + (pieceQuads * Quad);
            for (; offset < end - Quad; offset += 2 * Quad)
            {
                Vector64<int> pair = Vector64.LoadUnsafe(ref Unsafe.Add(ref pixel0, offset)).AsInt32();
                Vector64<sbyte> values00 = AdvSimd.DuplicateSelectedScalarToVector64(pair, 0).AsSByte();
                Vector64<sbyte> values01 = AdvSimd.DuplicateSelectedScalarToVector64(pair, 1).AsSByte();
                pair = Vector64.LoadUnsafe(ref Unsafe.Add(ref pixel1, offset)).AsInt32();
                Vector64<sbyte> values10 = AdvSimd.DuplicateSelectedScalarToVector64(pair, 0).AsSByte();
                Vector64<sbyte> values11 = AdvSimd.DuplicateSelectedScalarToVector64(pair, 1).AsSByte();
                pair = Vector64.LoadUnsafe(ref Unsafe.Add(ref pixel2, offset)).AsInt32();
                Vector64<sbyte> values20 = AdvSimd.DuplicateSelectedScalarToVector64(pair, 0).AsSByte();
                Vector64<sbyte> values21 = AdvSimd.DuplicateSelectedScalarToVector64(pair, 1).AsSByte();
                pair = Vector64.LoadUnsafe(ref Unsafe.Add(ref pixel3, offset)).AsInt32();
                Vector64<sbyte> values30 = AdvSimd.DuplicateSelectedScalarToVector64(pair, 0).AsSByte();
                Vector64<sbyte> values31 = AdvSimd.DuplicateSelectedScalarToVector64(pair, 1).AsSByte();
                Vector64<sbyte> first0 = Vector64.LoadUnsafe(ref weights);
                Vector64<sbyte> first1 = Vector64.LoadUnsafe(ref weights, 8);
                Vector64<sbyte> second0 = Vector64.LoadUnsafe(ref weights, 32);
                Vector64<sbyte> second1 = Vector64.LoadUnsafe(ref weights, 40);
                sum00 = NeonQuads.Add(sum00, values00, first0, values01, second0);
                sum01 = NeonQuads.Add(sum01, values00, first1, values01, second1);
                sum10 = NeonQuads.Add(sum10, values10, first0, values11, second0);
                sum11 = NeonQuads.Add(sum11, values10, first1, values11, second1);
                sum20 = NeonQuads.Add(sum20, values20, first0, values21, second0);
                sum21 = NeonQuads.Add(sum21, values20, first1, values21, second1);
                sum30 = NeonQuads.Add(sum30, values30, first0, values31, second0);
                sum31 = NeonQuads.Add(sum31, values30, first1, values31, second1);
                first0 = Vector64.LoadUnsafe(ref weights, 16);
                first1 = Vector64.LoadUnsafe(ref weights, 24);
                second0 = Vector64.LoadUnsafe(ref weights, 48);
                second1 = Vector64.LoadUnsafe(ref weights, 56);
                sum02 = NeonQuads.Add(sum02, values00, first0, values01, second0);
                sum03 = NeonQuads.Add(sum03, values00, first1, values01, second1);
                sum12 = NeonQuads.Add(sum12, values10, first0, values11, second0);
                sum13 = NeonQuads.Add(sum13, values10, first1, values11, second1);
                sum22 = NeonQuads.Add(sum22, values20, first0, values21, second0);
                sum23 = NeonQuads.Add(sum23, values20, first1, values21, second1);
                sum32 = NeonQuads.Add(sum32, values30, first0, values31, second0);
                sum33 = NeonQuads.Add(sum33, values30, first1, values31, second1);
                weights = ref Unsafe.Add(ref weights, 2 * HalfBlock * Quad);
            }

            if (offset < end)
            {
                Vector64<sbyte> values0 = Vector64.Create(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref pixel0, offset))).AsSByte();
                Vector64<sbyte> values1 = Vector64.Create(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref pixel1, offset))).AsSByte();
                Vector64<sbyte> values2 = Vector64.Create(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref pixel2, offset))).AsSByte();
                Vector64<sbyte> values3 = Vector64.Create(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref pixel3, offset))).AsSByte();
                Vector64<sbyte> factors = Vector64.LoadUnsafe(ref weights);
                sum00 = NeonQuads.Add(sum00, values0, factors);
                sum10 = NeonQuads.Add(sum10, values1, factors);
                sum20 = NeonQuads.Add(sum20, values2, factors);
                sum30 = NeonQuads.Add(sum30, values3, factors);
                factors = Vector64.LoadUnsafe(ref weights, 8);
                sum01 = NeonQuads.Add(sum01, values0, factors);
                sum11 = NeonQuads.Add(sum11, values1, factors);
                sum21 = NeonQuads.Add(sum21, values2, factors);
                sum31 = NeonQuads.Add(sum31, values3, factors);
                factors = Vector64.LoadUnsafe(ref weights, 16);
                sum02 = NeonQuads.Add(sum02, values0, factors);
                sum12 = NeonQuads.Add(sum12, values1, factors);
                sum22 = NeonQuads.Add(sum22, values2, factors);
                sum32 = NeonQuads.Add(sum32, values3, factors);
                factors = Vector64.LoadUnsafe(ref weights, 24);
                sum03 = NeonQuads.Add(sum03, values0, factors);
                sum13 = NeonQuads.Add(sum13, values1, factors);
                sum23 = NeonQuads.Add(sum23, values2, factors);
                sum33 = NeonQuads.Add(sum33, values3, factors);
                weights = ref Unsafe.Add(ref weights, HalfBlock * Quad);
            }
        }

        ref int sums1 = ref Unsafe.Add(ref sums, stride);
        ref int sums2 = ref Unsafe.Add(ref sums1, stride);
        ref int sums3 = ref Unsafe.Add(ref sums2, stride);
        AdvSimd.Arm64.AddPairwise(sum00, sum01).StoreUnsafe(ref sums);
        AdvSimd.Arm64.AddPairwise(sum02, sum03).StoreUnsafe(ref sums, 4);
        AdvSimd.Arm64.AddPairwise(sum10, sum11).StoreUnsafe(ref sums1);
        AdvSimd.Arm64.AddPairwise(sum12, sum13).StoreUnsafe(ref sums1, 4);
        AdvSimd.Arm64.AddPairwise(sum20, sum21).StoreUnsafe(ref sums2);
        AdvSimd.Arm64.AddPairwise(sum22, sum23).StoreUnsafe(ref sums2, 4);
        AdvSimd.Arm64.AddPairwise(sum30, sum31).StoreUnsafe(ref sums3);
        AdvSimd.Arm64.AddPairwise(sum32, sum33).StoreUnsafe(ref sums3, 4);
    }

    /// <summary>One pixel by sixteen channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateBlockPixel(ref byte pixel0, ReadOnlySpan<int> quads, nint pieceQuads, ref sbyte weights, ref int bias, ref int sums)
    {
        Vector128<int> bias0 = Vector128.LoadUnsafe(ref bias);
        Vector128<int> bias1 = Vector128.LoadUnsafe(ref bias, 4);
        Vector128<int> bias2 = Vector128.LoadUnsafe(ref bias, 8);
        Vector128<int> bias3 = Vector128.LoadUnsafe(ref bias, 12);
        (Vector128<int> sum00, Vector128<int> sum01) = NeonQuads.Spread(bias0);
        (Vector128<int> sum02, Vector128<int> sum03) = NeonQuads.Spread(bias1);
        (Vector128<int> sum04, Vector128<int> sum05) = NeonQuads.Spread(bias2);
        (Vector128<int> sum06, Vector128<int> sum07) = NeonQuads.Spread(bias3);
        for (nint piece = 0; piece < quads.Length; piece += pieceQuads)
        {
            nint offset = Unsafe.Add(ref MemoryMarshal.GetReference(quads), piece);
            nint end = offset + (pieceQuads * Quad);
            for (; offset < end - Quad; offset += 2 * Quad)
            {
                Vector64<int> pair = Vector64.LoadUnsafe(ref Unsafe.Add(ref pixel0, offset)).AsInt32();
                Vector64<sbyte> values00 = AdvSimd.DuplicateSelectedScalarToVector64(pair, 0).AsSByte();
                Vector64<sbyte> values01 = AdvSimd.DuplicateSelectedScalarToVector64(pair, 1).AsSByte();
                Vector64<sbyte> first0 = Vector64.LoadUnsafe(ref weights);
                Vector64<sbyte> first1 = Vector64.LoadUnsafe(ref weights, 8);
                Vector64<sbyte> second0 = Vector64.LoadUnsafe(ref weights, 64);
                Vector64<sbyte> second1 = Vector64.LoadUnsafe(ref weights, 72);
                sum00 = NeonQuads.Add(sum00, values00, first0, values01, second0);
                sum01 = NeonQuads.Add(sum01, values00, first1, values01, second1);
                first0 = Vector64.LoadUnsafe(ref weights, 16);
                first1 = Vector64.LoadUnsafe(ref weights, 24);
                second0 = Vector64.LoadUnsafe(ref weights, 80);
                second1 = Vector64.LoadUnsafe(ref weights, 88);
                sum02 = NeonQuads.Add(sum02, values00, first0, values01, second0);
                sum03 = NeonQuads.Add(sum03, values00, first1, values01, second1);
                first0 = Vector64.LoadUnsafe(ref weights, 32);
                first1 = Vector64.LoadUnsafe(ref weights, 40);
                second0 = Vector64.LoadUnsafe(ref weights, 96);
                second1 = Vector64.LoadUnsafe(ref weights, 104);
                sum04 = NeonQuads.Add(sum04, values00, first0, values01, second0);
                sum05 = NeonQuads.Add(sum05, values00, first1, values01, second1);
                first0 = Vector64.LoadUnsafe(ref weights, 48);
                first1 = Vector64.LoadUnsafe(ref weights, 56);
                second0 = Vector64.LoadUnsafe(ref weights, 112);
                second1 = Vector64.LoadUnsafe(ref weights, 120);
                sum06 = NeonQuads.Add(sum06, values00, first0, values01, second0);
                sum07 = NeonQuads.Add(sum07, values00, first1, values01, second1);
                weights = ref Unsafe.Add(ref weights, 2 * Block * Quad);
            }

            if (offset < end)
            {
                Vector64<sbyte> values0 = Vector64.Create(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref pixel0, offset))).AsSByte();
                Vector64<sbyte> factors = Vector64.LoadUnsafe(ref weights);
                sum00 = NeonQuads.Add(sum00, values0, factors);
                factors = Vector64.LoadUnsafe(ref weights, 8);
                sum01 = NeonQuads.Add(sum01, values0, factors);
                factors = Vector64.LoadUnsafe(ref weights, 16);
                sum02 = NeonQuads.Add(sum02, values0, factors);
                factors = Vector64.LoadUnsafe(ref weights, 24);
                sum03 = NeonQuads.Add(sum03, values0, factors);
                factors = Vector64.LoadUnsafe(ref weights, 32);
                sum04 = NeonQuads.Add(sum04, values0, factors);
                factors = Vector64.LoadUnsafe(ref weights, 40);
                sum05 = NeonQuads.Add(sum05, values0, factors);
                factors = Vector64.LoadUnsafe(ref weights, 48);
                sum06 = NeonQuads.Add(sum06, values0, factors);
                factors = Vector64.LoadUnsafe(ref weights, 56);
                sum07 = NeonQuads.Add(sum07, values0, factors);
                weights = ref Unsafe.Add(ref weights, Block * Quad);
            }
        }

        AdvSimd.Arm64.AddPairwise(sum00, sum01).StoreUnsafe(ref sums);
        AdvSimd.Arm64.AddPairwise(sum02, sum03).StoreUnsafe(ref sums, 4);
        AdvSimd.Arm64.AddPairwise(sum04, sum05).StoreUnsafe(ref sums, 8);
        AdvSimd.Arm64.AddPairwise(sum06, sum07).StoreUnsafe(ref sums, 12);
    }

    /// <summary>One pixel by eight channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateHalfBlockPixel(ref byte pixel0, ReadOnlySpan<int> quads, nint pieceQuads, ref sbyte weights, ref int bias, ref int sums)
    {
        Vector128<int> bias0 = Vector128.LoadUnsafe(ref bias);
        Vector128<int> bias1 = Vector128.LoadUnsafe(ref bias, 4);
        (Vector128<int> sum00, Vector128<int> sum01) = NeonQuads.Spread(bias0);
        (Vector128<int> sum02, Vector128<int> sum03) = NeonQuads.Spread(bias1);
        for (nint piece = 0; piece < quads.Length; piece += pieceQuads)
        {
            nint offset = Unsafe.Add(ref MemoryMarshal.GetReference(quads), piece);
            nint end = offset + (pieceQuads * Quad);
            for (; offset < end - Quad; offset += 2 * Quad)
            {
                Vector64<int> pair = Vector64.LoadUnsafe(ref Unsafe.Add(ref pixel0, offset)).AsInt32();
                Vector64<sbyte> values00 = AdvSimd.DuplicateSelectedScalarToVector64(pair, 0).AsSByte();
                Vector64<sbyte> values01 = AdvSimd.DuplicateSelectedScalarToVector64(pair, 1).AsSByte();
                Vector64<sbyte> first0 = Vector64.LoadUnsafe(ref weights);
                Vector64<sbyte> first1 = Vector64.LoadUnsafe(ref weights, 8);
                Vector64<sbyte> second0 = Vector64.LoadUnsafe(ref weights, 32);
                Vector64<sbyte> second1 = Vector64.LoadUnsafe(ref weights, 40);
                sum00 = NeonQuads.Add(sum00, values00, first0, values01, second0);
                sum01 = NeonQuads.Add(sum01, values00, first1, values01, second1);
                first0 = Vector64.LoadUnsafe(ref weights, 16);
                first1 = Vector64.LoadUnsafe(ref weights, 24);
                second0 = Vector64.LoadUnsafe(ref weights, 48);
                second1 = Vector64.LoadUnsafe(ref weights, 56);
                sum02 = NeonQuads.Add(sum02, values00, first0, values01, second0);
                sum03 = NeonQuads.Add(sum03, values00, first1, values01, second1);
                weights = ref Unsafe.Add(ref weights, 2 * HalfBlock * Quad);
            }

            if (offset < end)
            {
                Vector64<sbyte> values0 = Vector64.Create(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref pixel0, offset))).AsSByte();
                Vector64<sbyte> factors = Vector64.LoadUnsafe(ref weights);
                sum00 = NeonQuads.Add(sum00, values0, factors);
                factors = Vector64.LoadUnsafe(ref weights, 8);
                sum01 = NeonQuads.Add(sum01, values0, factors);
                factors = Vector64.LoadUnsafe(ref weights, 16);
                sum02 = NeonQuads.Add(sum02, values0, factors);
                factors = Vector64.LoadUnsafe(ref weights, 24);
                sum03 = NeonQuads.Add(sum03, values0, factors);
                weights = ref Unsafe.Add(ref weights, HalfBlock * Quad);
            }
        }

        AdvSimd.Arm64.AddPairwise(sum00, sum01).StoreUnsafe(ref sums);
        AdvSimd.Arm64.AddPairwise(sum02, sum03).StoreUnsafe(ref sums, 4);
    }
}
