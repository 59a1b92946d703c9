namespace EdgeQuant.Converter.Data.Text;

/// <summary>Where the numbers and the class of a record stand in a text file.</summary>
/// <param name="Head">How the file begins.</param>
/// <param name="LabelColumn">The column of the class; null if there is none.</param>
/// <param name="IsLabelAssumed">True if nothing says that this is the column of the class but that one is left over.</param>
/// <param name="RowsPerRecord">1 for a record a row; more for windows of rows with blank lines between them.</param>
internal sealed record CsvLayout(CsvHead Head, int? LabelColumn, bool IsLabelAssumed, int RowsPerRecord)
{
    /// <summary>Finds the layout of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="input">What a record has to be.</param>
    /// <param name="options">What was said of columns and names.</param>
    public static CsvLayout Of(string path, SampleInput input, SampleOptions options)
    {
        CsvHead head = CsvHead.Of(path, input.ElementCount + 1, options.Header);
        int elements = input.ElementCount;
        int? label = head.LabelColumn(path, options.LabelColumn);
        if (options.LabelColumn is null && head.Width == elements)
        {
            return new CsvLayout(head, null, false, 1);
        }

        if (head.Width == elements + 1)
        {
            return new CsvLayout(head, label ?? elements, label is null, 1);
        }

        int values = head.Width - (label is null ? 0 : 1);
        if (values > 0 && values < elements && elements % values == 0)
        {
            return new CsvLayout(head, label, false, elements / values);
        }

        throw new DataException(
            path, "the number of columns", $"{head.Width}", $"{elements} for {input}, one more with the class; or a part of a record on each line and blank lines between records");
    }
}
