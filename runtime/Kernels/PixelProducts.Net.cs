using System.Runtime.CompilerServices;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>Products of a single pixel with the weights of four channels, in plain C#.</summary>
internal static class PixelProducts
{
    /// <summary>Quads whose products fit into half of 64 bits: at most 2^15 x 4 x 2^14.</summary>
    internal const int MostQuads = 1 << 15;

    private const int Half = 32;

    /// <summary>
    /// Adds the products, two elements of the window in one multiplication of 64 bits: of <c>second + 2^32 x first</c> element and <c>first + 2^32 x
    /// second</c> weight the upper half is the sum of both products.
    /// </summary>
    /// <param name="pixel">The window.</param>
    /// <param name="quads">Where its elements lie, four together, at most <see cref="MostQuads"/>.</param>
    /// <param name="weights">[quad, channel, element of the quad].</param>
    /// <param name="step">From the weights of one quad to those of the next.</param>
    /// <param name="sums">The accumulators.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddPairs(ref byte pixel, ReadOnlySpan<int> quads, ref sbyte weights, nint step, ref int sums)
    {
        long sum0 = 0;
        long sum1 = 0;
        long sum2 = 0;
        long sum3 = 0;
        foreach (int quad in quads)
        {
            ref sbyte values = ref Unsafe.As<byte, sbyte>(ref Unsafe.Add(ref pixel, quad));
            long pair = Join(Unsafe.Add(ref values, 1), values);
            sum0 += pair * Join(weights, Unsafe.Add(ref weights, 1));
            sum1 += pair * Join(Unsafe.Add(ref weights, 4), Unsafe.Add(ref weights, 5));
            sum2 += pair * Join(Unsafe.Add(ref weights, 8), Unsafe.Add(ref weights, 9));
            sum3 += pair * Join(Unsafe.Add(ref weights, 12), Unsafe.Add(ref weights, 13));
            pair = Join(Unsafe.Add(ref values, 3), Unsafe.Add(ref values, 2));
            sum0 += pair * Join(Unsafe.Add(ref weights, 2), Unsafe.Add(ref weights, 3));
            sum1 += pair * Join(Unsafe.Add(ref weights, 6), Unsafe.Add(ref weights, 7));
            sum2 += pair * Join(Unsafe.Add(ref weights, 10), Unsafe.Add(ref weights, 11));
            sum3 += pair * Join(Unsafe.Add(ref weights, 14), Unsafe.Add(ref weights, 15));
            weights = ref Unsafe.Add(ref weights, step);
        }

        sums += Upper(sum0);
        Unsafe.Add(ref sums, 1) += Upper(sum1);
        Unsafe.Add(ref sums, 2) += Upper(sum2);
        Unsafe.Add(ref sums, 3) += Upper(sum3);
    }

    /// <summary>Adds the products one by one, for processors that have no multiplication of 64 bits.</summary>
    /// <inheritdoc cref="AddPairs"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddSingly(ref byte pixel, ReadOnlySpan<int> quads, ref sbyte weights, nint step, ref int sums)
    {
        int sum0 = sums;
        int sum1 = Unsafe.Add(ref sums, 1);
        int sum2 = Unsafe.Add(ref sums, 2);
        int sum3 = Unsafe.Add(ref sums, 3);
        foreach (int quad in quads)
        {
            ref sbyte values = ref Unsafe.As<byte, sbyte>(ref Unsafe.Add(ref pixel, quad));
            int value = values;
            sum0 += value * weights;
            sum1 += value * Unsafe.Add(ref weights, 4);
            sum2 += value * Unsafe.Add(ref weights, 8);
            sum3 += value * Unsafe.Add(ref weights, 12);
            value = Unsafe.Add(ref values, 1);
            sum0 += value * Unsafe.Add(ref weights, 1);
            sum1 += value * Unsafe.Add(ref weights, 5);
            sum2 += value * Unsafe.Add(ref weights, 9);
            sum3 += value * Unsafe.Add(ref weights, 13);
            value = Unsafe.Add(ref values, 2);
            sum0 += value * Unsafe.Add(ref weights, 2);
            sum1 += value * Unsafe.Add(ref weights, 6);
            sum2 += value * Unsafe.Add(ref weights, 10);
            sum3 += value * Unsafe.Add(ref weights, 14);
            value = Unsafe.Add(ref values, 3);
            sum0 += value * Unsafe.Add(ref weights, 3);
            sum1 += value * Unsafe.Add(ref weights, 7);
            sum2 += value * Unsafe.Add(ref weights, 11);
            sum3 += value * Unsafe.Add(ref weights, 15);
            weights = ref Unsafe.Add(ref weights, step);
        }

        sums = sum0;
        Unsafe.Add(ref sums, 1) = sum1;
        Unsafe.Add(ref sums, 2) = sum2;
        Unsafe.Add(ref sums, 3) = sum3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Join(sbyte lower, sbyte upper)
    {
        return lower + ((long)upper << Half);
    }

    /// <summary>The upper half, without what it lent to the lower.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Upper(long sum)
    {
        return (int)((sum - (int)sum) >> Half);
    }
}
