using EdgeQuant.Converter.Data.Text;

namespace EdgeQuant.Converter.Data.Labels;

/// <summary>The classes in a text file, one a line, or in a column of it.</summary>
internal sealed class TextLabels : LabelSource
{
    private const int MostColumns = 4096;

    private readonly CsvSource _source;
    private readonly int _column;

    public TextLabels(string path, SampleOptions options)
    {
        CsvHead head = CsvHead.Of(path, MostColumns, options.Header);
        _column = head.Width == 1 ? 0 : head.LabelColumn(path, options.LabelColumn)
            ?? throw new DataException(path, "the number of columns", $"{head.Width}", "1, or a column named label, class or target", "Say which column holds the class.");
        _source = CsvSource.Open(path, MostColumns, head.Separator);
        if (head.Names is not null)
        {
            Next();
        }
    }

    /// <inheritdoc/>
    public override string Name => _source.Name;

    /// <inheritdoc/>
    public override long? Count => null;

    /// <inheritdoc/>
    public override string? Place => _source.Place;

    /// <inheritdoc/>
    public override RawLabel? Next()
    {
        while (_source.Next())
        {
            if (!_source.IsBlank)
            {
                return _column < _source.Width
                    ? new RawLabel(0, _source.Text(_column))
                    : throw new DataException(Name, $"the number of columns in {_source.Place}", $"{_source.Width}", $"at least {_column + 1}");
            }
        }

        return null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _source.Dispose();
    }
}
