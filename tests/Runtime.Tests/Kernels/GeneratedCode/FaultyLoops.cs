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

    // More sums than a processor has registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Spilling(ref long value, nint count)
    {
        long a = 0, b = 1, c = 2, d = 3, e = 4, f = 5, g = 6, h = 7, i = 8, j = 9, k = 10, l = 11, m = 12;
        long n = 13, o = 14, p = 15, q = 16, r = 17, s = 18, t = 19, u = 20, v = 21, w = 22, x = 23, y = 24, z = 25;
        for (nint index = 0; index < count; index++)
        {
            long next = Unsafe.Add(ref value, index);
            a += next ^ b;
            b += next ^ c;
            c += next ^ d;
            d += next ^ e;
            e += next ^ f;
            f += next ^ g;
            g += next ^ h;
            h += next ^ i;
            i += next ^ j;
            j += next ^ k;
            k += next ^ l;
            l += next ^ m;
            m += next ^ n;
            n += next ^ o;
            o += next ^ p;
            p += next ^ q;
            q += next ^ r;
            r += next ^ s;
            s += next ^ t;
            t += next ^ u;
            u += next ^ v;
            v += next ^ w;
            w += next ^ x;
            x += next ^ y;
            y += next ^ z;
            z += next ^ a;
        }

        return a ^ b ^ c ^ d ^ e ^ f ^ g ^ h ^ i ^ j ^ k ^ l ^ m ^ n ^ o ^ p ^ q ^ r ^ s ^ t ^ u ^ v ^ w ^ x ^ y ^ z;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Twice(int value)
    {
        return 2 * value;
    }
}
