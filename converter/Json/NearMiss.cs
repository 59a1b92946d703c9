namespace EdgeQuant.Converter.Json;

/// <summary>Finds what was probably meant by a word that is not known.</summary>
internal static class NearMiss
{
    /// <summary>A sentence that names the known word nearest to one that is not, if it is near; empty otherwise.</summary>
    public static string Sentence(string word, IEnumerable<string> known)
    {
        string? nearest = known.MinBy(candidate => Distance(word, candidate));
        return nearest is not null && Distance(word, nearest) <= Math.Max(1, Math.Min(word.Length, nearest.Length) / 3) ? $"Did you mean \"{nearest}\"?" : "";
    }

    /// <summary>
    /// The fewest letters that have to be put in, taken out, replaced or exchanged with their neighbour (Damerau 1964), upper and lower case
    /// being the same.
    /// </summary>
    public static int Distance(string a, string b)
    {
        int[,] distances = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                distances[i, j] = i == 0 || j == 0 ? i + j : Least(distances, a, b, i, j);
            }
        }

        return distances[a.Length, b.Length];
    }

    private static int Least(int[,] distances, string a, string b, int i, int j)
    {
        int replaced = distances[i - 1, j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1);
        int least = Math.Min(replaced, Math.Min(distances[i - 1, j], distances[i, j - 1]) + 1);
        bool exchanged = i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]);
        return exchanged ? Math.Min(least, distances[i - 2, j - 2] + 1) : least;
    }

    private static bool Same(char a, char b)
    {
        return char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
    }
}
