using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// Convolution without groups in plain C#. In 64-bit processes three output pixels share a multiplication (<see cref="PixelLanes"/>), and of single pixels
/// two elements of the window do (<see cref="PixelProducts"/>). In 32-bit processes a multiplication of 64 bits costs more than those that it saves.
/// </summary>
/// <inheritdoc cref="QuadConvolution(Window, ReadOnlySpan{sbyte}, RowParameters, Requantizer, ConvolutionWorkspace, byte, int)"/>
internal sealed class ScalarConvolution(
    Window window, ReadOnlySpan<sbyte> filter, RowParameters parameters, Requantizer requantizer, ConvolutionWorkspace workspace)
    : QuadConvolution(window, filter, parameters, requantizer, workspace, 0, 0)
{
    /// <summary>Channels whose sums stay in registers.</summary>
    private const int Group = 4;

    private static bool HasWideMultiplication => nint.Size == sizeof(long);

    /// <inheritdoc/>
    protected override void AccumulateBlock(ref byte data, ref int pixels, int count, ReadOnlySpan<int> quads, ref sbyte weights, ref int bias, ref int sums)
    {
        Accumulate(ref data, ref pixels, count, quads, ref weights, Block, ref bias, ref sums, PixelStride);
    }

    /// <inheritdoc/>
    protected override void AccumulateHalfBlock(ref byte data, ref int pixels, int count, ReadOnlySpan<int> quads, ref sbyte weights, ref int bias, ref int sums)
    {
        Accumulate(ref data, ref pixels, count, quads, ref weights, HalfBlock, ref bias, ref sums, PixelStride);
    }

    /// <inheritdoc/>
    protected override void AccumulatePixel(ref byte pixel, int blocks, ReadOnlySpan<int> quads, ref sbyte weights, ref int bias, ref int sums)
    {
        for (; blocks > 0; blocks--)
        {
            AccumulatePixel(ref pixel, quads, ref weights, Block, ref bias, ref sums);
            weights = ref Unsafe.Add(ref weights, quads.Length * Block * Quad);
            bias = ref Unsafe.Add(ref bias, Block);
            sums = ref Unsafe.Add(ref sums, Block);
        }
    }

    /// <summary>Computes the accumulators of some pixels for a block of channels.</summary>
    private static void Accumulate(
        ref byte data, ref int pixels, int count, ReadOnlySpan<int> quads, ref sbyte weights, nint block, ref int bias, ref int sums, nint stride)
    {
        if (HasWideMultiplication && count > 1)
        {
            AccumulatePixels(ref data, ref pixels, count, quads, ref weights, block, ref bias, ref sums, stride);
            return;
        }

        for (; count > 0; count--)
        {
            AccumulatePixel(ref Unsafe.Add(ref data, pixels), quads, ref weights, block, ref bias, ref sums);
            pixels = ref Unsafe.Add(ref pixels, 1);
            sums = ref Unsafe.Add(ref sums, stride);
        }
    }

    /// <summary>Computes the accumulators of pixels in their lanes, as many elements of the window at a time as fit.</summary>
    private static void AccumulatePixels(
        ref byte data, ref int pixels, int count, ReadOnlySpan<int> quads, ref sbyte weights, nint block, ref int bias, ref int sums, nint stride)
    {
        ref long lanes = ref MemoryMarshal.GetReference(stackalloc long[PixelLanes.MostQuads * Quad]);
        for (; count > 0; count -= PixelLanes.Pixels)
        {
            ref sbyte next = ref weights;
            ref int start = ref bias;
            nint startStride = 0;
            for (int done = 0; done < quads.Length; done += PixelLanes.MostQuads)
            {
                ReadOnlySpan<int> some = quads.Slice(done, Math.Min(PixelLanes.MostQuads, quads.Length - done));
                PixelLanes.Pack(ref data, ref pixels, some, ref lanes);
                for (nint channel = 0; channel < block; channel += Group)
                {
                    PixelLanes.Accumulate(
                        ref lanes,
                        some.Length,
                        ref Unsafe.Add(ref next, channel * Quad),
                        block * Quad,
                        ref Unsafe.Add(ref start, channel),
                        startStride,
                        ref Unsafe.Add(ref sums, channel),
                        stride);
                }

                next = ref Unsafe.Add(ref next, some.Length * block * Quad);
                start = ref sums;
                startStride = stride;
            }

            pixels = ref Unsafe.Add(ref pixels, PixelLanes.Pixels);
            sums = ref Unsafe.Add(ref sums, PixelLanes.Pixels * stride);
        }
    }

    /// <summary>Computes the accumulators of a pixel for a block of channels.</summary>
    private static void AccumulatePixel(ref byte pixel, ReadOnlySpan<int> quads, ref sbyte weights, nint block, ref int bias, ref int sums)
    {
        for (nint channel = 0; channel < block; channel++)
        {
            Unsafe.Add(ref sums, channel) = Unsafe.Add(ref bias, channel);
        }

        while (!quads.IsEmpty)
        {
            ReadOnlySpan<int> some = quads[..Math.Min(PixelProducts.MostQuads, quads.Length)];
            for (nint channel = 0; channel < block; channel += Group)
            {
                ref sbyte factors = ref Unsafe.Add(ref weights, channel * Quad);
                if (HasWideMultiplication)
                {
                    PixelProducts.AddPairs(ref pixel, some, ref factors, block * Quad, ref Unsafe.Add(ref sums, channel));
                }
                else
                {
                    PixelProducts.AddSingly(ref pixel, some, ref factors, block * Quad, ref Unsafe.Add(ref sums, channel));
                }
            }

            weights = ref Unsafe.Add(ref weights, some.Length * block * Quad);
            quads = quads[some.Length..];
        }
    }
}
