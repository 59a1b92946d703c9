namespace EdgeQuant.Converter.Graph;

/// <summary>Where a node stood in the source file.</summary>
/// <param name="Index">Its position among the source's operators, -1 if a pass made it.</param>
/// <param name="OperatorName">The source format's name of the operator, CONV_2D say.</param>
/// <param name="Version">The operator's version in the source file.</param>
internal sealed record NodeSource(int Index, string OperatorName, int Version)
{
    public static NodeSource None { get; } = new(-1, "made by EdgeQuant", 0);

    /// <summary>The name that the source gives the node; null if it gives none.</summary>
    public string? Name { get; init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        string name = Name is null ? "" : $" '{Name}'";
        return Index < 0 ? OperatorName : $"node {Index}{name}, {OperatorName} version {Version}";
    }
}
