using System.Runtime.CompilerServices;

namespace EdgeQuant.Runtime.Tests.Kernels.GeneratedCode;

/// <summary>Loops with what no kernel's loop may have, one fault each, and one without.</summary>
internal static class FaultyLoops
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Plain(ref int value, nint count)
    {
        int sum = 0;
        for (nint i = 0; i < count; i++)
        {
            sum += Unsafe.Add(ref value, i) * 7;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Checked(int[] values, int[] indices)
    {
        int sum = 0;
        foreach (int index in indices)
        {
            sum += values[index];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Calling(ref int value, nint count)
    {
        int sum = 0;
        for (nint i = 0; i < count; i++)
        {
            sum += Twice(Unsafe.Add(ref value, i));
        }

        return sum;
    }

    // More sums than a processor for x86-64 has registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Spilling(ref long value, nint count)
    {
        long a = 0, b = 1, c = 2, d = 3, e = 4, f = 5, g = 6, h = 7, i = 8, j = 9, k = 10, l = 11, m = 12, n = 13, o = 14, p = 15;
        for (nint index = 0; index < count; index++)
        {
            long x = Unsafe.Add(ref value, index);
            a += x ^ b;
            b += x ^ c;
            c += x ^ d;
            d += x ^ e;
            e += x ^ f;
            f += x ^ g;
            g += x ^ h;
            h += x ^ i;
            i += x ^ j;
            j += x ^ k;
            k += x ^ l;
            l += x ^ m;
            m += x ^ n;
            n += x ^ o;
            o += x ^ p;
            p += x ^ a;
        }

        return a ^ b ^ c ^ d ^ e ^ f ^ g ^ h ^ i ^ j ^ k ^ l ^ m ^ n ^ o ^ p;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Twice(int value)
    {
        return 2 * value;
    }
}
