namespace EdgeQuant.Runtime.Arithmetic;

/// <summary>The number of zero bits above the highest set bit.</summary>
internal static class LeadingZeros
{
    /// <summary>Zero bits above the highest set bit of <paramref name="value"/>: 0 to 31, and 32 for zero.</summary>
    internal static int Count(uint value)
    {
        if (value == 0)
        {
            return 32;
        }

        int count = 0;
        for (int width = 16; width > 0; width >>= 1)
        {
            if (value >> (32 - width) == 0)
            {
                count += width;
                value <<= width;
            }
        }

        return count;
    }
}
