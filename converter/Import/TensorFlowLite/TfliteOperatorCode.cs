namespace EdgeQuant.Converter.Import.TensorFlowLite;

/// <summary>Which operator, in which version, a node runs.</summary>
/// <param name="Operator">The built-in operator, or <see cref="TfliteOperator.CUSTOM"/>. May be a number that the enum does not have.</param>
/// <param name="Version">The operator's version; 1 unless the file says otherwise.</param>
/// <param name="CustomName">The custom operator's name; null for a built-in operator and for a custom one that the file does not name.</param>
internal sealed record TfliteOperatorCode(TfliteOperator Operator, int Version, string? CustomName)
{
    /// <summary>The name that people know: the schema's for a built-in operator, its own for a custom one.</summary>
    public string Name => Operator == TfliteOperator.CUSTOM && CustomName is not null ? CustomName : Operator.ToString();
}
