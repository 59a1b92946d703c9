using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Passes;

namespace EdgeQuant.Converter;

/// <summary>What a conversion may be told.</summary>
internal sealed record ConversionOptions
{
    /// <summary>The source's name for the model card, a file name say.</summary>
    public string SourceName { get; init; } = "model";

    /// <summary>Records of inputs for the self-test, in the form of the source network's inputs; null to draw them from a seed.</summary>
    public byte[]? SelfTestInputs { get; init; }

    /// <summary>Called with the graph after import (pass null) and after each pass.</summary>
    public Action<NetworkGraph, GraphPass?>? AfterPass { get; init; }
}
