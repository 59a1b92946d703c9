using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Import;

/// <summary>A network read from a file.</summary>
/// <param name="Graph">The network.</param>
/// <param name="Importer">The format that it was read as, for the model card: <c>tflite</c> or <c>onnx</c>.</param>
internal sealed record ImportedNetwork(NetworkGraph Graph, string Importer);
