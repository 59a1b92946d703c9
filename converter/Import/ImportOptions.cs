namespace EdgeQuant.Converter.Import;

/// <summary>What an import may be told.</summary>
internal sealed record ImportOptions
{
    /// <summary>Nothing in particular.</summary>
    public static ImportOptions Default { get; } = new();

    /// <summary>The folder of the network's file, where ONNX files may have constants in files of their own; null if the file lies nowhere.</summary>
    public string? Folder { get; init; }

    /// <summary>Shapes of network inputs by name, for those whose shape the file leaves open. What the file fixes must be the same.</summary>
    public IReadOnlyDictionary<string, int[]> InputShapes { get; init; } = new Dictionary<string, int[]>(StringComparer.Ordinal);
}
