namespace EdgeQuant.Runtime.Arithmetic;

/// <summary>The square root of an integer, bit by bit.</summary>
internal static class SquareRoot
{
    /// <summary>
    /// The square root of <paramref name="value"/>, rounded to nearest. As the reference has it, what fits into 32 bits has a root that fits
    /// into 16, and what does not a root that fits into 32: the very largest are rounded down.
    /// </summary>
    internal static uint Of(ulong value)
    {
        ulong largest = value >> 32 == 0 ? ushort.MaxValue : uint.MaxValue;
        ulong bit = 1UL << 62;
        while (bit > value)
        {
            bit >>= 2;
        }

        ulong root = 0;
        for (; bit != 0; bit >>= 2)
        {
            ulong next = root + bit;
            root >>= 1;
            if (value >= next)
            {
                value -= next;
                root += bit;
            }
        }

        return (uint)(value > root && root != largest ? root + 1 : root);
    }
}
