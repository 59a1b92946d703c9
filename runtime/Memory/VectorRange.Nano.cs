using System;

namespace EdgeQuant.Runtime.Memory;

/// <summary>The range checks that spans make on .NET, with the same exceptions.</summary>
internal static class VectorRange
{
    /// <summary>Checks that <paramref name="length"/> elements from <paramref name="start"/> lie inside <paramref name="available"/> elements.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They do not.</exception>
    public static void Check(int start, int length, int available)
    {
        // Compared by subtraction, because start + length may overflow.
        if (start < 0 || length < 0 || length > available - start)
        {
            throw new ArgumentOutOfRangeException(nameof(start));
        }
    }

    /// <summary>Checks that <paramref name="source"/> elements fit into <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    public static void CheckCopy(int source, int destination)
    {
        if (source > destination)
        {
            throw new ArgumentException("Destination is too short.");
        }
    }

    /// <summary>Throws what a span's indexer throws.</summary>
    /// <exception cref="IndexOutOfRangeException">Always.</exception>
    public static void ThrowIndexOutOfRange() => throw new IndexOutOfRangeException();
}
