namespace EdgeQuant.Converter.Data.Text;

/// <summary>How a text file begins.</summary>
/// <param name="Separator">What separates its columns.</param>
/// <param name="Names">The names of its columns; null if it starts with values.</param>
/// <param name="Width">How many columns its values have.</param>
internal sealed record CsvHead(char Separator, string[]? Names, int Width)
{
    private static readonly string[] LabelNames = ["label", "labels", "class", "target", "y"];

    /// <summary>Looks at the first two rows of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">How many columns a row has at most.</param>
    /// <param name="header">True if it starts with names, false if it does not; null to find out.</param>
    public static CsvHead Of(string path, int columns, bool? header)
    {
        using CsvSource source = CsvSource.Open(path, columns);
        string[] first = NextRow(source) ?? throw new DataException(path, "the number of rows", "0", "at least 1");
        string[]? second = NextRow(source);
        bool hasNames = header ?? HasNames(first, second);
        return hasNames && second is null
            ? throw new DataException(path, "the number of rows below the names of columns", "0", "at least 1")
            : new CsvHead(source.Separator, hasNames ? first : null, hasNames ? second!.Length : first.Length);
    }

    /// <summary>The column of the class.</summary>
    /// <param name="file">The file, for messages.</param>
    /// <param name="column">Its name, or its position from 0; null to find it by its usual names.</param>
    /// <returns>Its position; null if it was not named and none has a usual name.</returns>
    public int? LabelColumn(string file, string? column)
    {
        if (column is null)
        {
            int usual = Names is null ? -1 : Array.FindIndex(Names, name => LabelNames.Contains(name, StringComparer.OrdinalIgnoreCase));
            return usual >= 0 ? usual : null;
        }

        int named = Names is null ? -1 : Array.IndexOf(Names, column);
        if (named >= 0)
        {
            return named;
        }

        return int.TryParse(column, out int position) && position >= 0 && position < Width
            ? position
            : throw new DataException(file, "the column of the class", $"'{column}'", Names is null ? $"0 to {Width - 1}" : $"0 to {Width - 1}, or {string.Join(", ", Names.Take(24))}");
    }

    /// <summary>
    /// Names of columns are no numbers, where the values below them are. So are the first rows of scikit-learn's files, which give the number
    /// of records, the number of features and the names of the classes.
    /// </summary>
    private static bool HasNames(string[] first, string[]? second)
    {
        bool[] isNumber = [.. first.Select(text => CsvNumber.TryParse(text, out _))];
        if (second is null)
        {
            return false;
        }

        bool isScikit = first.Length > 2 && first.Length != second.Length && isNumber[0] && isNumber[1] && isNumber.Skip(2).All(number => !number);
        return isScikit || Enumerable.Range(0, Math.Min(first.Length, second.Length)).Any(i => !isNumber[i] && first[i].Length > 0 && CsvNumber.TryParse(second[i], out _));
    }

    private static string[]? NextRow(CsvSource source)
    {
        while (source.Next())
        {
            if (!source.IsBlank)
            {
                return source.Texts();
            }
        }

        return null;
    }
}
