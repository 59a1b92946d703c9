using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels.Arm;

/// <summary>
/// Convolution for Arm64 with NEON: accumulators of two pixels by sixteen channels, or four by eight, stay in registers. Products of two quads are
/// added in 16 bits (<see cref="NeonSums"/>) where no weight is -128.
/// </summary>
/// <inheritdoc cref="QuadConvolution(Window, ReadOnlySpan{sbyte}, RowParameters, Requantizer, ConvolutionWorkspace, byte, int)"/>
internal sealed class NeonConvolution(
    Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    : QuadConvolution(window, filter, parameters, requantizer, workspace, 0, NeonQuads.ShortRow)
{
    private const int Tile = 2;
    private const int HalfBlockTile = 4;

    private readonly bool _holdTwoProducts = NeonQuads.HoldTwoProducts(filter);

    /// <summary>The quads of a piece, which are taken in pairs; where the sum of two products may not fit, pieces are single quads.</summary>
    private nint PairedQuads => _holdTwoProducts ? PieceQuads : 1;

    /// <inheritdoc/>
    /// <remarks>Calls nothing in its loop that is not inlined, because accumulators would have to leave their registers for it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void AccumulateBlock(
        ref byte data, ref int pixels, int count, ReadOnlySpan<int> quads, ref sbyte weights, ref int bias, ref int sums)
    {
        nint pieceQuads = PairedQuads;
        nint stride = PixelStride * sizeof(int);
        for (; count > 1; count -= Tile)
        {
            ref byte pixel0 = ref Unsafe.Add(ref data, pixels);
            ref byte pixel1 = ref Unsafe.Add(ref data, Unsafe.Add(ref pixels, 1));
            ref sbyte next = ref weights;
            NeonSums sums00 = new(Vector128.LoadUnsafe(ref bias));
            NeonSums sums01 = new(Vector128.LoadUnsafe(ref bias, 4));
            NeonSums sums02 = new(Vector128.LoadUnsafe(ref bias, 8));
            NeonSums sums03 = new(Vector128.LoadUnsafe(ref bias, 12));
            NeonSums sums10 = sums00;
            NeonSums sums11 = sums01;
            NeonSums sums12 = sums02;
            NeonSums sums13 = sums03;
            for (nint piece = 0; piece < quads.Length; piece += pieceQuads)
            {
                nint offset = Unsafe.Add(ref MemoryMarshal.GetReference(quads), piece);
                nint behind = pieceQuads - Quad;
                for (; behind >= 0; behind -= Quad)
                {
                    Vector128<int> values0 = Load(ref pixel0, offset);
                    Vector128<int> values1 = Load(ref pixel1, offset);
                    NeonBytes values00 = Quads(values0, 0);
                    NeonBytes values01 = Quads(values0, 1);
                    NeonBytes values10 = Quads(values1, 0);
                    NeonBytes values11 = Quads(values1, 1);
                    NeonBytes first00 = new(ref next, 0);
                    NeonBytes second00 = new(ref next, 64);
                    sums00.Add(values00, first00, values01, second00);
                    sums10.Add(values10, first00, values11, second00);
                    NeonBytes first01 = new(ref next, 16);
                    NeonBytes second01 = new(ref next, 80);
                    sums01.Add(values00, first01, values01, second01);
                    sums11.Add(values10, first01, values11, second01);
                    NeonBytes first02 = new(ref next, 32);
                    NeonBytes second02 = new(ref next, 96);
                    sums02.Add(values00, first02, values01, second02);
                    sums12.Add(values10, first02, values11, second02);
                    NeonBytes first03 = new(ref next, 48);
                    NeonBytes second03 = new(ref next, 112);
                    sums03.Add(values00, first03, values01, second03);
                    sums13.Add(values10, first03, values11, second03);
                    NeonBytes values02 = Quads(values0, 2);
                    NeonBytes values03 = Quads(values0, 3);
                    NeonBytes values12 = Quads(values1, 2);
                    NeonBytes values13 = Quads(values1, 3);
                    NeonBytes first20 = new(ref next, 128);
                    NeonBytes second20 = new(ref next, 192);
                    sums00.Add(values02, first20, values03, second20);
                    sums10.Add(values12, first20, values13, second20);
                    NeonBytes first21 = new(ref next, 144);
                    NeonBytes second21 = new(ref next, 208);
                    sums01.Add(values02, first21, values03, second21);
                    sums11.Add(values12, first21, values13, second21);
                    NeonBytes first22 = new(ref next, 160);
                    NeonBytes second22 = new(ref next, 224);
                    sums02.Add(values02, first22, values03, second22);
                    sums12.Add(values12, first22, values13, second22);
                    NeonBytes first23 = new(ref next, 176);
                    NeonBytes second23 = new(ref next, 240);
                    sums03.Add(values02, first23, values03, second23);
                    sums13.Add(values12, first23, values13, second23);
                    next = ref Unsafe.Add(ref next, Quad * Block * Quad);
                    offset += Quad * Quad;
                }

                // Less than four are left; their number has the lowest bits of a number that is less by four.
                if ((behind & 1) != 0)
                {
                    NeonBytes values0 = Quads(Load(ref pixel0, offset), 0);
                    NeonBytes values1 = Quads(Load(ref pixel1, offset), 0);
                    NeonBytes factors0 = new(ref next, 0);
                    sums00.Add(values0, factors0);
                    sums10.Add(values1, factors0);
                    NeonBytes factors1 = new(ref next, 16);
                    sums01.Add(values0, factors1);
                    sums11.Add(values1, factors1);
                    NeonBytes factors2 = new(ref next, 32);
                    sums02.Add(values0, factors2);
                    sums12.Add(values1, factors2);
                    NeonBytes factors3 = new(ref next, 48);
                    sums03.Add(values0, factors3);
                    sums13.Add(values1, factors3);
                    next = ref Unsafe.Add(ref next, Block * Quad);
                    offset += Quad;
                }

                if ((behind & 2) != 0)
                {
                    Vector128<int> values0 = Load(ref pixel0, offset);
                    Vector128<int> values1 = Load(ref pixel1, offset);
                    NeonBytes values00 = Quads(values0, 0);
                    NeonBytes values01 = Quads(values0, 1);
                    NeonBytes values10 = Quads(values1, 0);
                    NeonBytes values11 = Quads(values1, 1);
                    NeonBytes first00 = new(ref next, 0);
                    NeonBytes second00 = new(ref next, 64);
                    sums00.Add(values00, first00, values01, second00);
                    sums10.Add(values10, first00, values11, second00);
                    NeonBytes first01 = new(ref next, 16);
                    NeonBytes second01 = new(ref next, 80);
                    sums01.Add(values00, first01, values01, second01);
                    sums11.Add(values10, first01, values11, second01);
                    NeonBytes first02 = new(ref next, 32);
                    NeonBytes second02 = new(ref next, 96);
                    sums02.Add(values00, first02, values01, second02);
                    sums12.Add(values10, first02, values11, second02);
                    NeonBytes first03 = new(ref next, 48);
                    NeonBytes second03 = new(ref next, 112);
                    sums03.Add(values00, first03, values01, second03);
                    sums13.Add(values10, first03, values11, second03);
                    next = ref Unsafe.Add(ref next, 2 * Block * Quad);
                }
            }

            sums00.Store(ref sums, 0);
            sums01.Store(ref sums, 4);
            sums02.Store(ref sums, 8);
            sums03.Store(ref sums, 12);
            sums = ref Unsafe.AddByteOffset(ref sums, stride);
            sums10.Store(ref sums, 0);
            sums11.Store(ref sums, 4);
            sums12.Store(ref sums, 8);
            sums13.Store(ref sums, 12);
            sums = ref Unsafe.AddByteOffset(ref sums, stride);
            pixels = ref Unsafe.Add(ref pixels, Tile);
        }

        if (count == 1)
        {
            AccumulateBlockPixel(ref Unsafe.Add(ref data, pixels), quads, pieceQuads, ref weights, ref bias, ref sums);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void AccumulateHalfBlock(
        ref byte data, ref int pixels, int count, ReadOnlySpan<int> quads, ref sbyte weights, ref int bias, ref int sums)
    {
        nint pieceQuads = PairedQuads;
        nint stride = PixelStride * sizeof(int);
        for (; count > 1; count -= HalfBlockTile)
        {
            ref byte pixel0 = ref Unsafe.Add(ref data, pixels);
            ref byte pixel1 = ref Unsafe.Add(ref data, Unsafe.Add(ref pixels, 1));
            ref byte pixel2 = ref Unsafe.Add(ref data, Unsafe.Add(ref pixels, 2));
            ref byte pixel3 = ref Unsafe.Add(ref data, Unsafe.Add(ref pixels, 3));
            ref sbyte next = ref weights;
            NeonSums sums00 = new(Vector128.LoadUnsafe(ref bias));
            NeonSums sums01 = new(Vector128.LoadUnsafe(ref bias, 4));
            NeonSums sums10 = sums00;
            NeonSums sums11 = sums01;
            NeonSums sums20 = sums00;
            NeonSums sums21 = sums01;
            NeonSums sums30 = sums00;
            NeonSums sums31 = sums01;
            for (nint piece = 0; piece < quads.Length; piece += pieceQuads)
            {
                nint offset = Unsafe.Add(ref MemoryMarshal.GetReference(quads), piece);
                nint behind = pieceQuads - Quad;
                for (; behind >= 0; behind -= Quad)
                {
                    Vector128<int> values0 = Load(ref pixel0, offset);
                    Vector128<int> values1 = Load(ref pixel1, offset);
                    Vector128<int> values2 = Load(ref pixel2, offset);
                    Vector128<int> values3 = Load(ref pixel3, offset);
                    NeonBytes first00 = new(ref next, 0);
                    NeonBytes first01 = new(ref next, 16);
                    NeonBytes second00 = new(ref next, 32);
                    NeonBytes second01 = new(ref next, 48);
                    NeonBytes values00 = Quads(values0, 0);
                    NeonBytes values01 = Quads(values0, 1);
                    sums00.Add(values00, first00, values01, second00);
                    sums01.Add(values00, first01, values01, second01);
                    NeonBytes values10 = Quads(values1, 0);
                    NeonBytes values11 = Quads(values1, 1);
                    sums10.Add(values10, first00, values11, second00);
                    sums11.Add(values10, first01, values11, second01);
                    NeonBytes values20 = Quads(values2, 0);
                    NeonBytes values21 = Quads(values2, 1);
                    sums20.Add(values20, first00, values21, second00);
                    sums21.Add(values20, first01, values21, second01);
                    NeonBytes values30 = Quads(values3, 0);
                    NeonBytes values31 = Quads(values3, 1);
                    sums30.Add(values30, first00, values31, second00);
                    sums31.Add(values30, first01, values31, second01);
                    NeonBytes first20 = new(ref next, 64);
                    NeonBytes first21 = new(ref next, 80);
                    NeonBytes second20 = new(ref next, 96);
                    NeonBytes second21 = new(ref next, 112);
                    NeonBytes values02 = Quads(values0, 2);
                    NeonBytes values03 = Quads(values0, 3);
                    sums00.Add(values02, first20, values03, second20);
                    sums01.Add(values02, first21, values03, second21);
                    NeonBytes values12 = Quads(values1, 2);
                    NeonBytes values13 = Quads(values1, 3);
                    sums10.Add(values12, first20, values13, second20);
                    sums11.Add(values12, first21, values13, second21);
                    NeonBytes values22 = Quads(values2, 2);
                    NeonBytes values23 = Quads(values2, 3);
                    sums20.Add(values22, first20, values23, second20);
                    sums21.Add(values22, first21, values23, second21);
                    NeonBytes values32 = Quads(values3, 2);
                    NeonBytes values33 = Quads(values3, 3);
                    sums30.Add(values32, first20, values33, second20);
                    sums31.Add(values32, first21, values33, second21);
                    next = ref Unsafe.Add(ref next, Quad * HalfBlock * Quad);
                    offset += Quad * Quad;
                }

                if ((behind & 1) != 0)
                {
                    NeonBytes values0 = Quads(Load(ref pixel0, offset), 0);
                    NeonBytes values1 = Quads(Load(ref pixel1, offset), 0);
                    NeonBytes values2 = Quads(Load(ref pixel2, offset), 0);
                    NeonBytes values3 = Quads(Load(ref pixel3, offset), 0);
                    NeonBytes factors0 = new(ref next, 0);
                    sums00.Add(values0, factors0);
                    sums10.Add(values1, factors0);
                    sums20.Add(values2, factors0);
                    sums30.Add(values3, factors0);
                    NeonBytes factors1 = new(ref next, 16);
                    sums01.Add(values0, factors1);
                    sums11.Add(values1, factors1);
                    sums21.Add(values2, factors1);
                    sums31.Add(values3, factors1);
                    next = ref Unsafe.Add(ref next, HalfBlock * Quad);
                    offset += Quad;
                }

                if ((behind & 2) != 0)
                {
                    Vector128<int> values0 = Load(ref pixel0, offset);
                    Vector128<int> values1 = Load(ref pixel1, offset);
                    Vector128<int> values2 = Load(ref pixel2, offset);
                    Vector128<int> values3 = Load(ref pixel3, offset);
                    NeonBytes first00 = new(ref next, 0);
                    NeonBytes first01 = new(ref next, 16);
                    NeonBytes second00 = new(ref next, 32);
                    NeonBytes second01 = new(ref next, 48);
                    NeonBytes values00 = Quads(values0, 0);
                    NeonBytes values01 = Quads(values0, 1);
                    sums00.Add(values00, first00, values01, second00);
                    sums01.Add(values00, first01, values01, second01);
                    NeonBytes values10 = Quads(values1, 0);
                    NeonBytes values11 = Quads(values1, 1);
                    sums10.Add(values10, first00, values11, second00);
                    sums11.Add(values10, first01, values11, second01);
                    NeonBytes values20 = Quads(values2, 0);
                    NeonBytes values21 = Quads(values2, 1);
                    sums20.Add(values20, first00, values21, second00);
                    sums21.Add(values20, first01, values21, second01);
                    NeonBytes values30 = Quads(values3, 0);
                    NeonBytes values31 = Quads(values3, 1);
                    sums30.Add(values30, first00, values31, second00);
                    sums31.Add(values30, first01, values31, second01);
                    next = ref Unsafe.Add(ref next, 2 * HalfBlock * Quad);
                }
            }

            sums00.Store(ref sums, 0);
            sums01.Store(ref sums, 4);
            sums = ref Unsafe.AddByteOffset(ref sums, stride);
            sums10.Store(ref sums, 0);
            sums11.Store(ref sums, 4);
            sums = ref Unsafe.AddByteOffset(ref sums, stride);
            sums20.Store(ref sums, 0);
            sums21.Store(ref sums, 4);
            sums = ref Unsafe.AddByteOffset(ref sums, stride);
            sums30.Store(ref sums, 0);
            sums31.Store(ref sums, 4);
            sums = ref Unsafe.AddByteOffset(ref sums, stride);
            pixels = ref Unsafe.Add(ref pixels, HalfBlockTile);
        }

        if (count == 1)
        {
            AccumulateHalfBlockPixel(ref Unsafe.Add(ref data, pixels), quads, pieceQuads, ref weights, ref bias, ref sums);
        }
    }

    protected override void AccumulatePixel(ref byte pixel, int blocks, ReadOnlySpan<int> quads, ref sbyte weights, ref int bias, ref int sums)
    {
        for (; blocks > 0; blocks--)
        {
            AccumulateBlockPixel(ref pixel, quads, PairedQuads, ref weights, ref bias, ref sums);
            weights = ref Unsafe.Add(ref weights, quads.Length * Block * Quad);
            bias = ref Unsafe.Add(ref bias, Block);
            sums = ref Unsafe.Add(ref sums, Block);
        }
    }

    /// <summary>One pixel by sixteen channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateBlockPixel(ref byte pixel, ReadOnlySpan<int> quads, nint pieceQuads, ref sbyte weights, ref int bias, ref int sums)
    {
        NeonSums sums0 = new(Vector128.LoadUnsafe(ref bias));
        NeonSums sums1 = new(Vector128.LoadUnsafe(ref bias, 4));
        NeonSums sums2 = new(Vector128.LoadUnsafe(ref bias, 8));
        NeonSums sums3 = new(Vector128.LoadUnsafe(ref bias, 12));
        for (nint piece = 0; piece < quads.Length; piece += pieceQuads)
        {
            nint offset = Unsafe.Add(ref MemoryMarshal.GetReference(quads), piece);
            nint behind = pieceQuads - Quad;
            for (; behind >= 0; behind -= Quad)
            {
                Vector128<int> values = Load(ref pixel, offset);
                NeonBytes values0 = Quads(values, 0);
                NeonBytes values1 = Quads(values, 1);
                NeonBytes first00 = new(ref weights, 0);
                NeonBytes second00 = new(ref weights, 64);
                sums0.Add(values0, first00, values1, second00);
                NeonBytes first01 = new(ref weights, 16);
                NeonBytes second01 = new(ref weights, 80);
                sums1.Add(values0, first01, values1, second01);
                NeonBytes first02 = new(ref weights, 32);
                NeonBytes second02 = new(ref weights, 96);
                sums2.Add(values0, first02, values1, second02);
                NeonBytes first03 = new(ref weights, 48);
                NeonBytes second03 = new(ref weights, 112);
                sums3.Add(values0, first03, values1, second03);
                NeonBytes values2 = Quads(values, 2);
                NeonBytes values3 = Quads(values, 3);
                NeonBytes first20 = new(ref weights, 128);
                NeonBytes second20 = new(ref weights, 192);
                sums0.Add(values2, first20, values3, second20);
                NeonBytes first21 = new(ref weights, 144);
                NeonBytes second21 = new(ref weights, 208);
                sums1.Add(values2, first21, values3, second21);
                NeonBytes first22 = new(ref weights, 160);
                NeonBytes second22 = new(ref weights, 224);
                sums2.Add(values2, first22, values3, second22);
                NeonBytes first23 = new(ref weights, 176);
                NeonBytes second23 = new(ref weights, 240);
                sums3.Add(values2, first23, values3, second23);
                weights = ref Unsafe.Add(ref weights, Quad * Block * Quad);
                offset += Quad * Quad;
            }

            if ((behind & 1) != 0)
            {
                NeonBytes values = Quads(Load(ref pixel, offset), 0);
                NeonBytes factors0 = new(ref weights, 0);
                sums0.Add(values, factors0);
                NeonBytes factors1 = new(ref weights, 16);
                sums1.Add(values, factors1);
                NeonBytes factors2 = new(ref weights, 32);
                sums2.Add(values, factors2);
                NeonBytes factors3 = new(ref weights, 48);
                sums3.Add(values, factors3);
                weights = ref Unsafe.Add(ref weights, Block * Quad);
                offset += Quad;
            }

            if ((behind & 2) != 0)
            {
                Vector128<int> values = Load(ref pixel, offset);
                NeonBytes values0 = Quads(values, 0);
                NeonBytes values1 = Quads(values, 1);
                NeonBytes first00 = new(ref weights, 0);
                NeonBytes second00 = new(ref weights, 64);
                sums0.Add(values0, first00, values1, second00);
                NeonBytes first01 = new(ref weights, 16);
                NeonBytes second01 = new(ref weights, 80);
                sums1.Add(values0, first01, values1, second01);
                NeonBytes first02 = new(ref weights, 32);
                NeonBytes second02 = new(ref weights, 96);
                sums2.Add(values0, first02, values1, second02);
                NeonBytes first03 = new(ref weights, 48);
                NeonBytes second03 = new(ref weights, 112);
                sums3.Add(values0, first03, values1, second03);
                weights = ref Unsafe.Add(ref weights, 2 * Block * Quad);
            }
        }

        sums0.Store(ref sums, 0);
        sums1.Store(ref sums, 4);
        sums2.Store(ref sums, 8);
        sums3.Store(ref sums, 12);
    }

    /// <summary>One pixel by eight channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateHalfBlockPixel(ref byte pixel, ReadOnlySpan<int> quads, nint pieceQuads, ref sbyte weights, ref int bias, ref int sums)
    {
        NeonSums sums0 = new(Vector128.LoadUnsafe(ref bias));
        NeonSums sums1 = new(Vector128.LoadUnsafe(ref bias, 4));
        for (nint piece = 0; piece < quads.Length; piece += pieceQuads)
        {
            nint offset = Unsafe.Add(ref MemoryMarshal.GetReference(quads), piece);
            nint behind = pieceQuads - Quad;
            for (; behind >= 0; behind -= Quad)
            {
                Vector128<int> values = Load(ref pixel, offset);
                NeonBytes values0 = Quads(values, 0);
                NeonBytes values1 = Quads(values, 1);
                NeonBytes first00 = new(ref weights, 0);
                NeonBytes second00 = new(ref weights, 32);
                sums0.Add(values0, first00, values1, second00);
                NeonBytes first01 = new(ref weights, 16);
                NeonBytes second01 = new(ref weights, 48);
                sums1.Add(values0, first01, values1, second01);
                NeonBytes values2 = Quads(values, 2);
                NeonBytes values3 = Quads(values, 3);
                NeonBytes first20 = new(ref weights, 64);
                NeonBytes second20 = new(ref weights, 96);
                sums0.Add(values2, first20, values3, second20);
                NeonBytes first21 = new(ref weights, 80);
                NeonBytes second21 = new(ref weights, 112);
                sums1.Add(values2, first21, values3, second21);
                weights = ref Unsafe.Add(ref weights, Quad * HalfBlock * Quad);
                offset += Quad * Quad;
            }

            if ((behind & 1) != 0)
            {
                NeonBytes values = Quads(Load(ref pixel, offset), 0);
                NeonBytes factors0 = new(ref weights, 0);
                sums0.Add(values, factors0);
                NeonBytes factors1 = new(ref weights, 16);
                sums1.Add(values, factors1);
                weights = ref Unsafe.Add(ref weights, HalfBlock * Quad);
                offset += Quad;
            }

            if ((behind & 2) != 0)
            {
                Vector128<int> values = Load(ref pixel, offset);
                NeonBytes values0 = Quads(values, 0);
                NeonBytes values1 = Quads(values, 1);
                NeonBytes first00 = new(ref weights, 0);
                NeonBytes second00 = new(ref weights, 32);
                sums0.Add(values0, first00, values1, second00);
                NeonBytes first01 = new(ref weights, 16);
                NeonBytes second01 = new(ref weights, 48);
                sums1.Add(values0, first01, values1, second01);
                weights = ref Unsafe.Add(ref weights, 2 * HalfBlock * Quad);
            }
        }

        sums0.Store(ref sums, 0);
        sums1.Store(ref sums, 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Load(ref byte pixel, nint at)
    {
        return Vector128.LoadUnsafe(ref Unsafe.Add(ref pixel, at)).AsInt32();
    }

    /// <summary>A quad of those of a pixel, for four channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static NeonBytes Quads(Vector128<int> values, [ConstantExpected(Max = (byte)3)] byte quad)
    {
        return new NeonBytes(AdvSimd.DuplicateSelectedScalarToVector64(values, quad).AsSByte());
    }
}
