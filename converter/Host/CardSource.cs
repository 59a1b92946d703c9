namespace EdgeQuant.Converter.Host;

/// <summary>The file that a model was made from.</summary>
internal sealed record CardSource
{
    /// <summary>Its name, without a folder.</summary>
    public required string File { get; init; }

    /// <summary>The SHA-256 of its bytes, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The format that it was read as: "tflite".</summary>
    public required string Importer { get; init; }
}
