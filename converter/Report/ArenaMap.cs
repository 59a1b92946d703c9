using System.Globalization;
using System.Text;

namespace EdgeQuant.Converter.Report;

/// <summary>
/// The arena over time as text: a row is a range of bytes, a column a moment (the inputs, each operator, the outputs). A buffer shows as a
/// letter wherever it is alive, free bytes as dots.
/// </summary>
internal sealed class ArenaMap
{
    /// <summary>What a free cell shows.</summary>
    public const char Free = '.';

    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const int WidestMoment = 4;

    private readonly ModelReport _report;
    private readonly int _moments;
    private readonly int _columns;

    private ArenaMap(ModelReport report, int columns, int rows)
    {
        _report = report;
        _moments = report.Operators.Count + 2;
        _columns = columns < _moments ? columns : Math.Min(columns / _moments, WidestMoment) * _moments;
        BytesPerRow = Math.Max(1, (report.ArenaBytes + rows - 1) / rows);
        Rows = [.. Enumerable.Range(0, (report.ArenaBytes + BytesPerRow - 1) / BytesPerRow).Select(Row)];
        Axis = DrawAxis();
    }

    /// <summary>The bytes that a row stands for; the last row may stand for fewer.</summary>
    public int BytesPerRow { get; }

    /// <summary>The map, lowest bytes first.</summary>
    public IReadOnlyList<string> Rows { get; }

    /// <summary>The numbers of operators under the columns in which they start.</summary>
    public string Axis { get; }

    /// <summary>Draws a map.</summary>
    /// <param name="report">The model.</param>
    /// <param name="columns">The most characters that a row may have; at least 1.</param>
    /// <param name="rows">The most rows; at least 1.</param>
    public static ArenaMap Draw(ModelReport report, int columns, int rows)
    {
        return new ArenaMap(report, columns, rows);
    }

    /// <summary>The character of a buffer, by its place in <see cref="ModelReport.Buffers"/>; letters are used again after 62 buffers.</summary>
    public static char LetterOf(int position)
    {
        return Letters[position % Letters.Length];
    }

    private string Row(int row)
    {
        StringBuilder text = new(_columns);
        long begin = (long)row * BytesPerRow;
        long end = Math.Min(begin + BytesPerRow, _report.ArenaBytes);
        for (int column = 0; column < _columns; column++)
        {
            text.Append(Cell(begin, end, column));
        }

        return text.ToString();
    }

    /// <summary>The buffer that fills most of a cell.</summary>
    private char Cell(long begin, long end, int column)
    {
        int first = MomentAt(column);
        int last = Math.Max(first, MomentAt(column + 1) - 1);
        long most = 0;
        char letter = Free;
        for (int i = 0; i < _report.Buffers.Count; i++)
        {
            BufferReport buffer = _report.Buffers[i];
            long bytes = Math.Min(end, (long)buffer.Offset + buffer.Bytes) - Math.Max(begin, buffer.Offset);
            long moments = Math.Min(last, buffer.Last + 1) - Math.Max(first, buffer.First + 1) + 1;
            if (bytes > 0 && moments > 0 && bytes * moments > most)
            {
                most = bytes * moments;
                letter = LetterOf(i);
            }
        }

        return letter;
    }

    /// <summary>Moment 0 is when the inputs are written, moment i + 1 is operator i, the last is when the outputs are read.</summary>
    private int MomentAt(int column)
    {
        return (int)((long)column * _moments / _columns);
    }

    private string DrawAxis()
    {
        char[] axis = new char[_columns];
        Array.Fill(axis, ' ');
        int free = 0;
        for (int column = 0; column < _columns; column++)
        {
            int moment = MomentAt(column);
            bool starts = column == 0 || MomentAt(column - 1) != moment;
            string label = moment == 0 ? "in" : moment == _moments - 1 ? "out" : (moment - 1).ToString(CultureInfo.InvariantCulture);
            if (starts && column >= free && column + label.Length <= _columns)
            {
                label.CopyTo(0, axis, column, label.Length);
                free = column + label.Length + 1;
            }
        }

        return new string(axis).TrimEnd();
    }
}
