namespace EdgeQuant.Converter.Import.Onnx.Reading;

/// <summary>A field of a message inside of messages, for error messages.</summary>
/// <param name="Parent">The field that holds the message; null for the file itself.</param>
/// <param name="Field">The field's name.</param>
/// <param name="Index">Its position if it is repeated, -1 otherwise.</param>
internal sealed record WirePlace(WirePlace? Parent, string Field, int Index)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        string name = Index < 0 ? Field : $"{Field}[{Index}]";
        return Parent is null ? name : $"{Parent}.{name}";
    }
}
