namespace EdgeQuant.Converter.Tests.Import.TensorFlowLite;

/// <summary>
/// A FlatBuffers table to be written: fields by their position in the schema. A value is a number, a bool, a string, an array of numbers, a
/// table or an array of tables; the same table several times in an array is written once and pointed at several times.
/// </summary>
internal sealed class TableBuilder
{
    public SortedDictionary<int, object> Fields { get; } = [];

    public TableBuilder With(int field, object value)
    {
        Fields[field] = value;
        return this;
    }

    /// <summary>A file whose root is this table.</summary>
    public byte[] ToFile(string identifier = "TFL3")
    {
        return TableWriter.Write(this, identifier);
    }
}
