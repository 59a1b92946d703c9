namespace EdgeQuant.Converter.Data;

/// <summary>Picks some of many records evenly, because files are often sorted by class.</summary>
internal static class Spread
{
    /// <summary>Positions of some records, in rising order, at even distances.</summary>
    /// <param name="count">How many records there are.</param>
    /// <param name="some">How many to pick; at most <paramref name="count"/>.</param>
    public static IReadOnlyList<int> Over(int count, int some)
    {
        return [.. Enumerable.Range(0, some).Select(i => (int)((long)i * count / some))];
    }
}
