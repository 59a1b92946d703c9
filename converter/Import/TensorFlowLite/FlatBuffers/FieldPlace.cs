using System.Text;

namespace EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

/// <summary>Where in the file's tree a value stands, for messages: <c>subgraphs[0].tensors[3].shape</c>. Costs nothing until it is made into text.</summary>
/// <param name="table">The table that holds the field; null for the root table.</param>
/// <param name="name">The field's name in the schema.</param>
/// <param name="index">Position in the field's vector, or -1 for the field itself.</param>
internal readonly struct FieldPlace(FieldPath? table, string name, int index = FieldPlace.NoIndex)
{
    private const int NoIndex = -1;

    private readonly FieldPath? table = table;
    private readonly string name = name;
    private readonly int index = index;

    /// <summary>The same field's element <paramref name="element"/>.</summary>
    public FieldPlace At(int element) => new(table, name, element);

    public override string ToString()
    {
        var text = new StringBuilder();
        AppendTo(text);
        return text.ToString();
    }

    private void AppendTo(StringBuilder text)
    {
        if (table is not null)
        {
            table.Place.AppendTo(text);
            text.Append('.');
        }

        text.Append(name);
        if (index != NoIndex)
        {
            text.Append('[').Append(index).Append(']');
        }
    }
}
