using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Import;
using EdgeQuant.Converter.Quantizing;

namespace EdgeQuant.Converter;

/// <summary>What a conversion may be told.</summary>
internal sealed record ConversionOptions
{
    public const string Import = "import";

    public const string Quantize = "quantize";

    /// <summary>The source's name for the model card, a file name say.</summary>
    public string SourceName { get; init; } = "model";

    /// <summary>What the import is told.</summary>
    public ImportOptions ImportOptions { get; init; } = ImportOptions.Default;

    /// <summary>Records of inputs for the self-test, in the form of the source network's inputs; null to draw them from a seed.</summary>
    public byte[]? SelfTestInputs { get; init; }

    /// <summary>True to keep the names of tensors in the model card, so that a comparison can look into the file.</summary>
    public bool KeepNames { get; init; }

    /// <summary>How a float network is quantized; null for one that is quantized already.</summary>
    public QuantizationOptions? Quantization { get; init; }

    /// <summary>
    /// Called with the graph and the name of what was done to it: <see cref="Import"/>, then each pass; for a float network
    /// <see cref="Quantize"/> after those passes that real numbers need, then all others.
    /// </summary>
    public Action<NetworkGraph, string>? AfterPass { get; init; }
}
