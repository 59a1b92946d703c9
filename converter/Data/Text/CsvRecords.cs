using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Data.Text;

/// <summary>Records in a text file: a row each, or windows of rows with blank lines between them.</summary>
internal sealed class CsvRecords : RecordSource
{
    private readonly CsvSource _source;
    private readonly CsvLayout _layout;
    private RawLabel? _label;
    private string? _firstAssumed;
    private bool _isAssumedConstant = true;
    private long _read;

    /// <param name="path">The file.</param>
    /// <param name="input">What a record has to be.</param>
    /// <param name="options">What was said of columns and names.</param>
    public CsvRecords(string path, SampleInput input, SampleOptions options)
    {
        _layout = CsvLayout.Of(path, input, options);
        _source = CsvSource.Open(path, Math.Max(_layout.Head.Width, _layout.Head.Names?.Length ?? 0), _layout.Head.Separator);
        if (_layout.Head.Names is not null)
        {
            while (_source.Next() && _source.IsBlank)
            {
            }
        }
    }

    /// <inheritdoc/>
    public override string Name => _source.Name;

    /// <inheritdoc/>
    public override long? Count => null;

    /// <inheritdoc/>
    public override RawLabel? Label => _label;

    /// <inheritdoc/>
    public override string? Place => _source.Place;

    /// <inheritdoc/>
    public override DataType? TypeOf(int input)
    {
        return null;
    }

    /// <inheritdoc/>
    public override bool Read(double[][] record)
    {
        _label = null;
        int rows = 0;
        while (rows < _layout.RowsPerRecord && _source.Next())
        {
            if (!_source.IsBlank)
            {
                Take(record[0], rows++);
            }
            else if (rows > 0)
            {
                throw WrongRows(rows);
            }
        }

        if (rows == 0)
        {
            return false;
        }

        if (rows < _layout.RowsPerRecord)
        {
            throw WrongRows(rows);
        }

        RequireBlank();
        _read++;
        return true;
    }

    /// <summary>A column that was taken for the class only because it is left over, and is the same in all rows, may well be another one.</summary>
    public override void Finish()
    {
        if (_layout.IsLabelAssumed && _isAssumedConstant && _read > 1)
        {
            throw new DataException(
                Name, $"column {_layout.LabelColumn + 1}, taken for the class because it is the last of {_layout.Head.Width},", $"'{_firstAssumed}' in all {_read} records",
                "more than one class", "Say which column holds the class, 0 for the first, or give the column a name.");
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _source.Dispose();
    }

    private void Take(double[] record, int row)
    {
        int width = _layout.Head.Width;
        if (_source.Width != width)
        {
            throw new DataException(Name, $"the number of columns in {_source.Place}", $"{_source.Width}", $"{width}, as in the first row");
        }

        int next = row * (width - (_layout.LabelColumn is null ? 0 : 1));
        for (int column = 0; column < width; column++)
        {
            if (column == _layout.LabelColumn)
            {
                TakeLabel(_source.Text(column), isFirst: row == 0);
            }
            else
            {
                record[next++] = _source.Number(column);
            }
        }
    }

    private void TakeLabel(string text, bool isFirst)
    {
        if (!isFirst && text != _label?.Text)
        {
            throw new DataException(Name, $"the class in {_source.Place}", $"'{text}'", $"'{_label?.Text}', as in the row before: a window has one class");
        }

        _label = new RawLabel(0, text);
        _firstAssumed ??= text;
        _isAssumedConstant &= text == _firstAssumed;
    }

    /// <summary>A window ends with a blank line: were there none, a window of another length would shift all that follow.</summary>
    private void RequireBlank()
    {
        if (_layout.RowsPerRecord == 1 || !_source.Next() || _source.IsBlank)
        {
            return;
        }

        throw WrongRows(_layout.RowsPerRecord + 1);
    }

    private DataException WrongRows(int rows)
    {
        string found = rows > _layout.RowsPerRecord ? $"more than {_layout.RowsPerRecord}" : $"{rows}";
        return new DataException(Name, $"the number of rows of record {_read}, which ends at {_source.Place},", found, $"{_layout.RowsPerRecord}, with a blank line after them");
    }
}
