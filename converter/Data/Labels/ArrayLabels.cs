namespace EdgeQuant.Converter.Data.Labels;

/// <summary>The classes in an array.</summary>
/// <param name="records">The array's records.</param>
/// <param name="columns">1 for a class a record; else a number for each class, of which one is 1 and all others 0.</param>
internal sealed class ArrayLabels(RecordSource records, int columns) : LabelSource
{
    private readonly double[][] _record = [new double[columns]];
    private long _read;

    /// <inheritdoc/>
    public override string Name => records.Name;

    /// <inheritdoc/>
    public override long? Count => records.Count;

    /// <inheritdoc/>
    public override RawLabel? Next()
    {
        if (!records.Read(_record))
        {
            return null;
        }

        _read++;
        return new RawLabel(columns == 1 ? _record[0][0] : OneHot(_record[0]));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        records.Dispose();
    }

    private int OneHot(double[] row)
    {
        int label = Array.IndexOf(row, 1.0);
        return label >= 0 && row.Count(value => value == 0) == row.Length - 1
            ? label
            : throw new DataException(Name, $"the row of record {_read - 1}", $"[{string.Join(", ", row.Take(16))}{(row.Length > 16 ? ", …" : "")}]", "one 1, in the column of the class, and zeros");
    }
}
