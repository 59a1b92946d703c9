using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels.Arm;

/// <summary>
/// Convolution for Arm64 with dot products (SDOT): accumulators of four pixels by sixteen channels, or eight by eight, stay in registers. Four quads of a
/// piece of the window are loaded at once.
/// </summary>
/// <inheritdoc cref="QuadConvolution(Window, ReadOnlySpan{sbyte}, RowParameters, Requantizer, ConvolutionWorkspace, byte, int)"/>
internal sealed class DotProductConvolution(
    Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    : QuadConvolution(window, filter, parameters, requantizer, workspace, 0, NeonQuads.ShortRow)
{
    private const int Tile = 4;
    private const int HalfBlockTile = 8;

    /// <inheritdoc/>
    /// <remarks>Calls nothing in its loop that is not inlined, because accumulators would have to leave their registers for it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void AccumulateBlock(
        ref byte data, ref int pixels, int count, ReadOnlySpan<int> quads, ref sbyte weights, ref int bias, ref int sums)
    {
        nint pieceQuads = PieceQuads;
        nint stride = PixelStride * sizeof(int);
        for (; count > 1; count -= Tile)
        {
            ref byte pixel0 = ref Unsafe.Add(ref data, pixels);
            ref byte pixel1 = ref Unsafe.Add(ref data, Unsafe.Add(ref pixels, 1));
            ref byte pixel2 = ref Unsafe.Add(ref data, Unsafe.Add(ref pixels, 2));
            ref byte pixel3 = ref Unsafe.Add(ref data, Unsafe.Add(ref pixels, 3));
            ref sbyte next = ref weights;
            DotProductBlock sums0 = new(ref bias);
            DotProductBlock sums1 = sums0;
            DotProductBlock sums2 = sums0;
            DotProductBlock sums3 = sums0;
            for (nint piece = 0; piece < quads.Length; piece += pieceQuads)
            {
                nint offset = Unsafe.Add(ref MemoryMarshal.GetReference(quads), piece);
                nint left = pieceQuads;
                for (; left >= Quad; left -= Quad)
                {
                    Vector128<sbyte> values0 = Load(ref pixel0, offset);
                    Vector128<sbyte> values1 = Load(ref pixel1, offset);
                    Vector128<sbyte> values2 = Load(ref pixel2, offset);
                    Vector128<sbyte> values3 = Load(ref pixel3, offset);
                    DotProductWeights weights0 = new(ref next, 0);
                    sums0.Add(weights0, values0, 0);
                    sums1.Add(weights0, values1, 0);
                    sums2.Add(weights0, values2, 0);
                    sums3.Add(weights0, values3, 0);
                    DotProductWeights weights1 = new(ref next, 1);
                    sums0.Add(weights1, values0, 1);
                    sums1.Add(weights1, values1, 1);
                    sums2.Add(weights1, values2, 1);
                    sums3.Add(weights1, values3, 1);
                    DotProductWeights weights2 = new(ref next, 2);
                    sums0.Add(weights2, values0, 2);
                    sums1.Add(weights2, values1, 2);
                    sums2.Add(weights2, values2, 2);
                    sums3.Add(weights2, values3, 2);
                    DotProductWeights weights3 = new(ref next, 3);
                    sums0.Add(weights3, values0, 3);
                    sums1.Add(weights3, values1, 3);
                    sums2.Add(weights3, values2, 3);
                    sums3.Add(weights3, values3, 3);
                    next = ref Unsafe.Add(ref next, Quad * Block * Quad);
                    offset += Quad * Quad;
                }

                if (left > 0)
                {
                    Vector128<sbyte> values0 = Load(ref pixel0, offset);
                    Vector128<sbyte> values1 = Load(ref pixel1, offset);
                    Vector128<sbyte> values2 = Load(ref pixel2, offset);
                    Vector128<sbyte> values3 = Load(ref pixel3, offset);
                    DotProductWeights weights0 = new(ref next, 0);
                    sums0.Add(weights0, values0, 0);
                    sums1.Add(weights0, values1, 0);
                    sums2.Add(weights0, values2, 0);
                    sums3.Add(weights0, values3, 0);
                    if (left > 1)
                    {
                        DotProductWeights weights1 = new(ref next, 1);
                        sums0.Add(weights1, values0, 1);
                        sums1.Add(weights1, values1, 1);
                        sums2.Add(weights1, values2, 1);
                        sums3.Add(weights1, values3, 1);
                        if (left > 2)
                        {
                            DotProductWeights weights2 = new(ref next, 2);
                            sums0.Add(weights2, values0, 2);
                            sums1.Add(weights2, values1, 2);
                            sums2.Add(weights2, values2, 2);
                            sums3.Add(weights2, values3, 2);
                        }
                    }

                    next = ref Unsafe.Add(ref next, left * Block * Quad);
                }
            }

            sums0.Store(ref sums);
            sums = ref Unsafe.AddByteOffset(ref sums, stride);
            sums1.Store(ref sums);
            sums = ref Unsafe.AddByteOffset(ref sums, stride);
            sums2.Store(ref sums);
            sums = ref Unsafe.AddByteOffset(ref sums, stride);
            sums3.Store(ref sums);
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
        nint pieceQuads = PieceQuads;
        nint stride = PixelStride * sizeof(int);
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
            ref sbyte next = ref weights;
            DotProductHalfBlock sums0 = new(ref bias);
            DotProductHalfBlock sums1 = sums0;
            DotProductHalfBlock sums2 = sums0;
            DotProductHalfBlock sums3 = sums0;
            DotProductHalfBlock sums4 = sums0;
            DotProductHalfBlock sums5 = sums0;
            DotProductHalfBlock sums6 = sums0;
            DotProductHalfBlock sums7 = sums0;
            for (nint piece = 0; piece < quads.Length; piece += pieceQuads)
            {
                nint offset = Unsafe.Add(ref MemoryMarshal.GetReference(quads), piece);
                nint left = pieceQuads;
                for (; left >= Quad; left -= Quad)
                {
                    Vector128<sbyte> values0 = Load(ref pixel0, offset);
                    Vector128<sbyte> values1 = Load(ref pixel1, offset);
                    Vector128<sbyte> values2 = Load(ref pixel2, offset);
                    Vector128<sbyte> values3 = Load(ref pixel3, offset);
                    Vector128<sbyte> values4 = Load(ref pixel4, offset);
                    Vector128<sbyte> values5 = Load(ref pixel5, offset);
                    Vector128<sbyte> values6 = Load(ref pixel6, offset);
                    Vector128<sbyte> values7 = Load(ref pixel7, offset);
                    DotProductHalfWeights weights0 = new(ref next, 0);
                    sums0.Add(weights0, values0, 0);
                    sums1.Add(weights0, values1, 0);
                    sums2.Add(weights0, values2, 0);
                    sums3.Add(weights0, values3, 0);
                    sums4.Add(weights0, values4, 0);
                    sums5.Add(weights0, values5, 0);
                    sums6.Add(weights0, values6, 0);
                    sums7.Add(weights0, values7, 0);
                    DotProductHalfWeights weights1 = new(ref next, 1);
                    sums0.Add(weights1, values0, 1);
                    sums1.Add(weights1, values1, 1);
                    sums2.Add(weights1, values2, 1);
                    sums3.Add(weights1, values3, 1);
                    sums4.Add(weights1, values4, 1);
                    sums5.Add(weights1, values5, 1);
                    sums6.Add(weights1, values6, 1);
                    sums7.Add(weights1, values7, 1);
                    DotProductHalfWeights weights2 = new(ref next, 2);
                    sums0.Add(weights2, values0, 2);
                    sums1.Add(weights2, values1, 2);
                    sums2.Add(weights2, values2, 2);
                    sums3.Add(weights2, values3, 2);
                    sums4.Add(weights2, values4, 2);
                    sums5.Add(weights2, values5, 2);
                    sums6.Add(weights2, values6, 2);
                    sums7.Add(weights2, values7, 2);
                    DotProductHalfWeights weights3 = new(ref next, 3);
                    sums0.Add(weights3, values0, 3);
                    sums1.Add(weights3, values1, 3);
                    sums2.Add(weights3, values2, 3);
                    sums3.Add(weights3, values3, 3);
                    sums4.Add(weights3, values4, 3);
                    sums5.Add(weights3, values5, 3);
                    sums6.Add(weights3, values6, 3);
                    sums7.Add(weights3, values7, 3);
                    next = ref Unsafe.Add(ref next, Quad * HalfBlock * Quad);
                    offset += Quad * Quad;
                }

                if (left > 0)
                {
                    Vector128<sbyte> values0 = Load(ref pixel0, offset);
                    Vector128<sbyte> values1 = Load(ref pixel1, offset);
                    Vector128<sbyte> values2 = Load(ref pixel2, offset);
                    Vector128<sbyte> values3 = Load(ref pixel3, offset);
                    Vector128<sbyte> values4 = Load(ref pixel4, offset);
                    Vector128<sbyte> values5 = Load(ref pixel5, offset);
                    Vector128<sbyte> values6 = Load(ref pixel6, offset);
                    Vector128<sbyte> values7 = Load(ref pixel7, offset);
                    DotProductHalfWeights weights0 = new(ref next, 0);
                    sums0.Add(weights0, values0, 0);
                    sums1.Add(weights0, values1, 0);
                    sums2.Add(weights0, values2, 0);
                    sums3.Add(weights0, values3, 0);
                    sums4.Add(weights0, values4, 0);
                    sums5.Add(weights0, values5, 0);
                    sums6.Add(weights0, values6, 0);
                    sums7.Add(weights0, values7, 0);
                    if (left > 1)
                    {
                        DotProductHalfWeights weights1 = new(ref next, 1);
                        sums0.Add(weights1, values0, 1);
                        sums1.Add(weights1, values1, 1);
                        sums2.Add(weights1, values2, 1);
                        sums3.Add(weights1, values3, 1);
                        sums4.Add(weights1, values4, 1);
                        sums5.Add(weights1, values5, 1);
                        sums6.Add(weights1, values6, 1);
                        sums7.Add(weights1, values7, 1);
                        if (left > 2)
                        {
                            DotProductHalfWeights weights2 = new(ref next, 2);
                            sums0.Add(weights2, values0, 2);
                            sums1.Add(weights2, values1, 2);
                            sums2.Add(weights2, values2, 2);
                            sums3.Add(weights2, values3, 2);
                            sums4.Add(weights2, values4, 2);
                            sums5.Add(weights2, values5, 2);
                            sums6.Add(weights2, values6, 2);
                            sums7.Add(weights2, values7, 2);
                        }
                    }

                    next = ref Unsafe.Add(ref next, left * HalfBlock * Quad);
                }
            }

            sums0.Store(ref sums);
            sums = ref Unsafe.AddByteOffset(ref sums, stride);
            sums1.Store(ref sums);
            sums = ref Unsafe.AddByteOffset(ref sums, stride);
            sums2.Store(ref sums);
            sums = ref Unsafe.AddByteOffset(ref sums, stride);
            sums3.Store(ref sums);
            sums = ref Unsafe.AddByteOffset(ref sums, stride);
            sums4.Store(ref sums);
            sums = ref Unsafe.AddByteOffset(ref sums, stride);
            sums5.Store(ref sums);
            sums = ref Unsafe.AddByteOffset(ref sums, stride);
            sums6.Store(ref sums);
            sums = ref Unsafe.AddByteOffset(ref sums, stride);
            sums7.Store(ref sums);
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
            AccumulateBlockPixel(ref pixel, quads, PieceQuads, ref weights, ref bias, ref sums);
            weights = ref Unsafe.Add(ref weights, quads.Length * Block * Quad);
            bias = ref Unsafe.Add(ref bias, Block);
            sums = ref Unsafe.Add(ref sums, Block);
        }
    }

    /// <summary>One pixel by sixteen channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateBlockPixel(ref byte pixel, ReadOnlySpan<int> quads, nint pieceQuads, ref sbyte weights, ref int bias, ref int sums)
    {
        DotProductBlock block = new(ref bias);
        for (nint piece = 0; piece < quads.Length; piece += pieceQuads)
        {
            nint offset = Unsafe.Add(ref MemoryMarshal.GetReference(quads), piece);
            nint left = pieceQuads;
            for (; left >= Quad; left -= Quad)
            {
                Vector128<sbyte> values = Load(ref pixel, offset);
                block.Add(new DotProductWeights(ref weights, 0), values, 0);
                block.Add(new DotProductWeights(ref weights, 1), values, 1);
                block.Add(new DotProductWeights(ref weights, 2), values, 2);
                block.Add(new DotProductWeights(ref weights, 3), values, 3);
                weights = ref Unsafe.Add(ref weights, Quad * Block * Quad);
                offset += Quad * Quad;
            }

            for (; left > 0; left--)
            {
                block.Add(new DotProductWeights(ref weights, 0), Load(ref pixel, offset), 0);
                weights = ref Unsafe.Add(ref weights, Block * Quad);
                offset += Quad;
            }
        }

        block.Store(ref sums);
    }

    /// <summary>One pixel by eight channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateHalfBlockPixel(ref byte pixel, ReadOnlySpan<int> quads, nint pieceQuads, ref sbyte weights, ref int bias, ref int sums)
    {
        DotProductHalfBlock block = new(ref bias);
        for (nint piece = 0; piece < quads.Length; piece += pieceQuads)
        {
            nint offset = Unsafe.Add(ref MemoryMarshal.GetReference(quads), piece);
            nint left = pieceQuads;
            for (; left >= Quad; left -= Quad)
            {
                Vector128<sbyte> values = Load(ref pixel, offset);
                block.Add(new DotProductHalfWeights(ref weights, 0), values, 0);
                block.Add(new DotProductHalfWeights(ref weights, 1), values, 1);
                block.Add(new DotProductHalfWeights(ref weights, 2), values, 2);
                block.Add(new DotProductHalfWeights(ref weights, 3), values, 3);
                weights = ref Unsafe.Add(ref weights, Quad * HalfBlock * Quad);
                offset += Quad * Quad;
            }

            for (; left > 0; left--)
            {
                block.Add(new DotProductHalfWeights(ref weights, 0), Load(ref pixel, offset), 0);
                weights = ref Unsafe.Add(ref weights, HalfBlock * Quad);
                offset += Quad;
            }
        }

        block.Store(ref sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<sbyte> Load(ref byte pixel, nint at)
    {
        return Vector128.LoadUnsafe(ref Unsafe.Add(ref pixel, at)).AsSByte();
    }
}
