using System.Runtime.CompilerServices;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// Three pixels in the lanes of a 64-bit number: <c>first + 2^21 x second + 2^42 x third</c>. Times a weight it is the three products in the same lanes,
/// and sums of them stay there until a lane may be full.
/// </summary>
internal static class PixelLanes
{
    /// <summary>The lanes.</summary>
    internal const int Pixels = 3;

    /// <summary>Quads whose products fit into a lane: 60 products of two bytes are at most 60 x 2^14, less than 2^20.</summary>
    internal const int MostQuads = 15;

    private const int LaneBits = 21;
    private const int Quad = 4;

    /// <summary>Half of what a lane holds. Sums start with it, so that no lane is negative.</summary>
    private const int Half = 1 << (LaneBits - 1);
    private const int LaneMask = (1 << LaneBits) - 1;
    private const long Empty = Half + ((long)Half << LaneBits) + ((long)Half << (2 * LaneBits));

    /// <summary>Lays elements of the windows of three pixels side by side.</summary>
    /// <param name="data">The image.</param>
    /// <param name="pixels">Where the three windows start in it.</param>
    /// <param name="quads">Where the elements lie in a window, four together.</param>
    /// <param name="lanes">The elements of all three pixels.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Pack(ref byte data, ref int pixels, ReadOnlySpan<int> quads, ref long lanes)
    {
        ref sbyte pixel0 = ref Unsafe.As<byte, sbyte>(ref Unsafe.Add(ref data, pixels));
        ref sbyte pixel1 = ref Unsafe.As<byte, sbyte>(ref Unsafe.Add(ref data, Unsafe.Add(ref pixels, 1)));
        ref sbyte pixel2 = ref Unsafe.As<byte, sbyte>(ref Unsafe.Add(ref data, Unsafe.Add(ref pixels, 2)));
        foreach (int quad in quads)
        {
            ref sbyte values0 = ref Unsafe.Add(ref pixel0, quad);
            ref sbyte values1 = ref Unsafe.Add(ref pixel1, quad);
            ref sbyte values2 = ref Unsafe.Add(ref pixel2, quad);
            lanes = Join(values0, values1, values2);
            Unsafe.Add(ref lanes, 1) = Join(Unsafe.Add(ref values0, 1), Unsafe.Add(ref values1, 1), Unsafe.Add(ref values2, 1));
            Unsafe.Add(ref lanes, 2) = Join(Unsafe.Add(ref values0, 2), Unsafe.Add(ref values1, 2), Unsafe.Add(ref values2, 2));
            Unsafe.Add(ref lanes, 3) = Join(Unsafe.Add(ref values0, 3), Unsafe.Add(ref values1, 3), Unsafe.Add(ref values2, 3));
            lanes = ref Unsafe.Add(ref lanes, Quad);
        }
    }

    /// <summary>Adds the products of three pixels with the weights of four channels.</summary>
    /// <param name="lanes">The elements of the pixels.</param>
    /// <param name="quads">Their number, four together, at most <see cref="MostQuads"/>.</param>
    /// <param name="weights">[quad, channel, element of the quad].</param>
    /// <param name="step">From the weights of one quad to those of the next.</param>
    /// <param name="start">What the products are added to.</param>
    /// <param name="startStride">From that of one pixel to that of the next; 0 if all pixels have the same.</param>
    /// <param name="sums">The accumulators of the first pixel; may be the start.</param>
    /// <param name="stride">From the accumulators of one pixel to those of the next.</param>
    /// <remarks>Calls nothing in its loop, because sums would have to leave their registers for it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Accumulate(
        ref long lanes, int quads, ref sbyte weights, nint step, ref int start, nint startStride, ref int sums, nint stride)
    {
        long sum0 = Empty;
        long sum1 = Empty;
        long sum2 = Empty;
        long sum3 = Empty;
        for (; quads > 0; quads--)
        {
            long values = lanes;
            sum0 += values * weights;
            sum1 += values * Unsafe.Add(ref weights, 4);
            sum2 += values * Unsafe.Add(ref weights, 8);
            sum3 += values * Unsafe.Add(ref weights, 12);
            values = Unsafe.Add(ref lanes, 1);
            sum0 += values * Unsafe.Add(ref weights, 1);
            sum1 += values * Unsafe.Add(ref weights, 5);
            sum2 += values * Unsafe.Add(ref weights, 9);
            sum3 += values * Unsafe.Add(ref weights, 13);
            values = Unsafe.Add(ref lanes, 2);
            sum0 += values * Unsafe.Add(ref weights, 2);
            sum1 += values * Unsafe.Add(ref weights, 6);
            sum2 += values * Unsafe.Add(ref weights, 10);
            sum3 += values * Unsafe.Add(ref weights, 14);
            values = Unsafe.Add(ref lanes, 3);
            sum0 += values * Unsafe.Add(ref weights, 3);
            sum1 += values * Unsafe.Add(ref weights, 7);
            sum2 += values * Unsafe.Add(ref weights, 11);
            sum3 += values * Unsafe.Add(ref weights, 15);
            lanes = ref Unsafe.Add(ref lanes, Quad);
            weights = ref Unsafe.Add(ref weights, step);
        }

        Split(sum0, ref start, startStride, ref sums, stride);
        Split(sum1, ref Unsafe.Add(ref start, 1), startStride, ref Unsafe.Add(ref sums, 1), stride);
        Split(sum2, ref Unsafe.Add(ref start, 2), startStride, ref Unsafe.Add(ref sums, 2), stride);
        Split(sum3, ref Unsafe.Add(ref start, 3), startStride, ref Unsafe.Add(ref sums, 3), stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Join(sbyte first, sbyte second, sbyte third)
    {
        return first + ((long)second << LaneBits) + ((long)third << (2 * LaneBits));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Split(long sum, ref int start, nint startStride, ref int sums, nint stride)
    {
        sums = start - Half + ((int)sum & LaneMask);
        Unsafe.Add(ref sums, stride) = Unsafe.Add(ref start, startStride) - Half + ((int)(sum >> LaneBits) & LaneMask);
        Unsafe.Add(ref sums, 2 * stride) = Unsafe.Add(ref start, 2 * startStride) - Half + (int)(sum >>> (2 * LaneBits));
    }
}
