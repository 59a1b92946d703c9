namespace EdgeQuant.Converter.Json;

/// <summary>The words that stand for an enumeration's values in JSON: their names with a small first letter.</summary>
internal static class Words
{
    /// <summary>All words, in the order of the values.</summary>
    public static string[] Of<T>()
        where T : struct, Enum
    {
        return Array.ConvertAll(Enum.GetValues<T>(), Of);
    }

    /// <summary>The word for a value.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum
    {
        string name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
