using FsCheck;
using FsCheck.Fluent;

namespace EdgeQuant.Runtime.Tests.Arithmetic;

/// <summary>The integers on which arithmetic is tested: every edge, and random ones of every magnitude.</summary>
internal static class Numbers
{
    /// <summary>Zero, the extremes, every power of two and its neighbours, of either sign.</summary>
    public static readonly int[] Int32Edges = [.. Edges(32).Select(static value => (int)value)];

    /// <summary>The same for 16 bits.</summary>
    public static readonly short[] Int16Edges = [.. Edges(16).Select(static value => (short)value)];

    /// <summary>The same for accumulators of 48 bits.</summary>
    public static readonly long[] Int48Edges = [.. Edges(48)];

    public static Gen<int> Int32 => Gen.OneOf(Gen.Elements(Int32Edges), Signed(32).Select(static value => (int)value));

    public static Gen<short> Int16 =>
        Gen.OneOf(Gen.Elements(Int16Edges), Signed(16).Select(static value => (short)value));

    public static Gen<long> Int48 => Gen.OneOf(Gen.Elements(Int48Edges), Signed(48));

    /// <summary>A quantized multiplier as a converter makes it: zero, or normalized into [2^30, 2^31).</summary>
    public static Gen<int> Multiplier => Gen.Frequency(
        (1, Gen.Elements(0, 1 << 30, (1 << 30) + 1, 0x7FFEFFFF, 0x7FFF0000, int.MaxValue)),
        (4, Gen.Choose(1 << 30, int.MaxValue)));

    private static IEnumerable<long> Edges(int bits)
    {
        long minimum = -(1L << (bits - 1));
        long maximum = -(minimum + 1);
        return Enumerable.Range(0, bits)
            .SelectMany(static bit => new[] { 1L << bit, (1L << bit) - 1, (1L << bit) + 1 })
            .SelectMany(static value => new[] { value, -value })
            .Where(value => value >= minimum && value <= maximum)
            .Distinct();
    }

    // Uniform in the number of significant bits first, so that small and large magnitudes are equally frequent.
    private static Gen<long> Signed(int bits) =>
        from high in Gen.Choose(int.MinValue, int.MaxValue)
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        from unused in Gen.Choose(64 - bits, 63)
        select (((long)high << 32) | (uint)low) >> unused;
}
