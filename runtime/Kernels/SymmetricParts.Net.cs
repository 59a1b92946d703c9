using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// Asymmetric weights as sums of symmetric ones: a weight with its offset has 9 bits, which one, two or three of 8 bits make up. The products of data with a
/// sum are the sum of products, so that a kernel for symmetric weights does it, over rows of data that stand there so many times.
/// </summary>
internal static class SymmetricParts
{
    /// <summary>The largest magnitude of a part: some kernels are slower with -128.</summary>
    private const int Largest = 127;

    /// <summary>The parts that make up every weight of a filter.</summary>
    /// <param name="filter">The weights.</param>
    /// <param name="offset">Added to each of them, -127 to 128.</param>
    internal static int Count(ReadOnlySpan<sbyte> filter, int offset)
    {
        if (offset == 0)
        {
            return 1;
        }

        int least = 0;
        int largest = 0;
        foreach (sbyte weight in filter)
        {
            least = Math.Min(least, weight);
            largest = Math.Max(largest, weight);
        }

        int parts = 1;
        while (least + offset < parts * -Largest || largest + offset > parts * Largest)
        {
            parts++;
        }

        return parts;
    }

    /// <summary>True if a window can see rows of data so many times.</summary>
    internal static bool Suit(Window window, int parts)
    {
        return parts == 1 || (WindowReach.AreModest(window, parts) && (window.KernelHeight == 1 || window.DilationHeight == 1));
    }

    /// <summary>The parts of weights: each row of the kernel as so many rows.</summary>
    /// <param name="filter">The weights, row after row.</param>
    /// <param name="offset">Added to each of them.</param>
    /// <param name="rowLength">The weights of a row.</param>
    /// <param name="parts">How many parts, as <see cref="Count"/> says.</param>
    internal static sbyte[] Split(ReadOnlySpan<sbyte> filter, int offset, int rowLength, int parts)
    {
        sbyte[] split = new sbyte[filter.Length * parts];
        for (int i = 0; i < filter.Length; i++)
        {
            int rest = filter[i] + offset;
            int at = (i / rowLength * rowLength * parts) + (i % rowLength);
            for (int part = 0; part < parts; part++)
            {
                sbyte some = (sbyte)Math.Clamp(rest, -Largest, Largest);
                split[at + (part * rowLength)] = some;
                rest -= some;
            }
        }

        return split;
    }
}
