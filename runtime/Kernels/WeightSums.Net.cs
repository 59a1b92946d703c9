using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>Sums over the weights of an output channel, which kernels want to know when they are prepared.</summary>
internal static class WeightSums
{
    /// <summary>Vectors whose sums fit into 16 bits: each adds two weights of at most 128 to a lane.</summary>
    private const int MostVectors = 127;

    /// <summary>The sum of the weights, and that of their magnitudes.</summary>
    /// <param name="weights">From the channel's first weight on.</param>
    /// <param name="stride">From one weight of the channel to its next.</param>
    internal static (long Sum, long Magnitudes) Of(ReadOnlySpan<sbyte> weights, int stride)
    {
        long sum = 0;
        long magnitudes = 0;
        for (int i = stride == 1 ? AddVectors(weights, ref sum, ref magnitudes) : 0; i < weights.Length; i += stride)
        {
            int weight = weights[i];
            sum += weight;
            magnitudes += weight < 0 ? -weight : weight;
        }

        return (sum, magnitudes);
    }

    private static int AddVectors(ReadOnlySpan<sbyte> weights, ref long sum, ref long magnitudes)
    {
        ref sbyte values = ref MemoryMarshal.GetReference(weights);
        int done = 0;
        while (done <= weights.Length - Vector128<sbyte>.Count)
        {
            int end = done + (Math.Min(MostVectors, (weights.Length - done) / Vector128<sbyte>.Count) * Vector128<sbyte>.Count);
            Vector128<short> sums = Vector128<short>.Zero;
            Vector128<short> absolutes = Vector128<short>.Zero;
            for (; done < end; done += Vector128<sbyte>.Count)
            {
                (Vector128<short> lower, Vector128<short> upper) = Vector128.Widen(Vector128.LoadUnsafe(ref values, (nuint)done));
                sums += lower + upper;
                absolutes += Vector128.Abs(lower) + Vector128.Abs(upper);
            }

            sum += SumOf(sums);
            magnitudes += SumOf(absolutes);
        }

        return done;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SumOf(Vector128<short> values)
    {
        (Vector128<int> lower, Vector128<int> upper) = Vector128.Widen(values);
        return Vector128.Sum(lower + upper);
    }
}
