using CsvHelper;
using EdgeQuant.Converter.Data.Files;

namespace EdgeQuant.Converter.Data.Text;

/// <summary>Reads a text file row by row, and names file and line where it cannot.</summary>
internal sealed class CsvSource : IDisposable
{
    /// <summary>A number in a CSV file takes at most so many bytes, separator included, before a row counts as hostile.</summary>
    private const int MostBytesOfNumber = 64;

    private const int SpareBytes = 1 << 16;

    private readonly DataStream _data;
    private readonly CsvReader _reader;

    private CsvSource(DataStream data, CsvReaderOptions options)
    {
        _data = data;
        _reader = CsvReader.Create(data, options);
    }

    public string Name => _data.Name;

    /// <summary>How many columns the row has.</summary>
    public int Width => _reader.FieldCount;

    /// <summary>True if nothing, or only space, is on the line.</summary>
    public bool IsBlank => _reader.FieldCount == 0 || (_reader.FieldCount == 1 && _reader.GetSpan(0).IsEmpty);

    /// <summary>Where the row is, for messages.</summary>
    public string Place => $"line {_reader.LineNumber}";

    public char Separator => _reader.Separator;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">How many columns a row has at most.</param>
    /// <param name="separator">What separates columns; null to find it: a comma, semicolon, tab or bar.</param>
    public static CsvSource Open(string path, int columns, char? separator = null)
    {
        CsvReaderOptions options = new()
        {
            HasHeader = false,
            SkipEmptyLines = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            Separator = separator,
            MalformedData = CsvMalformedDataHandling.Throw,
            FieldCountMismatch = CsvFieldCountHandling.Allow,
            MaxRecordSize = (int)Math.Min(((long)columns * MostBytesOfNumber) + SpareBytes, int.MaxValue / 4),
        };
        DataStream data = DataStream.Open(path);
        try
        {
            return new CsvSource(data, options);
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>Goes to the next row, blank ones included; false at the end.</summary>
    public bool Next()
    {
        try
        {
            return _reader.Read();
        }
        catch (CsvFormatException exception)
        {
            throw new DataException(Name, $"line {exception.LineNumber}", "malformed", "columns of text separated by one character, in quotes where they hold it", exception.Message);
        }
    }

    /// <summary>The text of a column.</summary>
    public string Text(int column)
    {
        return _reader.GetString(column);
    }

    /// <summary>The texts of all columns.</summary>
    public string[] Texts()
    {
        return [.. Enumerable.Range(0, Width).Select(Text)];
    }

    /// <summary>The number of a column; false if its text is none.</summary>
    public bool TryNumber(int column, out double number)
    {
        return CsvNumber.TryParse(_reader.GetSpan(column), out number);
    }

    /// <summary>The number of a column.</summary>
    public double Number(int column)
    {
        return TryNumber(column, out double number)
            ? number
            : throw new DataException(Name, $"{Place}, column {column + 1}", Shown(Text(column)), "a number, with a point before its fraction");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _data.Dispose();
    }

    private static string Shown(string text)
    {
        const int Most = 40;
        return text.Length == 0 ? "empty" : $"'{(text.Length > Most ? text[..Most] + "…" : text)}'";
    }
}
