namespace EdgeQuant.Converter.Import.Onnx;

/// <summary>An operator cannot be imported. The importer makes a refusal of it.</summary>
/// <param name="reason">What was found and what is allowed.</param>
/// <param name="help">What would help.</param>
internal sealed class RefusedOperatorException(string reason, string help) : Exception(reason)
{
    public string Help { get; } = help;
}
