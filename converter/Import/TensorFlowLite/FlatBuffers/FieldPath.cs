namespace EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

/// <summary>The place of a table, kept by what is read from that table. The root table has none.</summary>
internal sealed class FieldPath(FieldPlace place)
{
    public FieldPlace Place { get; } = place;
}
