using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Import.TensorFlowLite;

namespace EdgeQuant.Converter;

/// <summary>The whole way from a trained network's file to a model file.</summary>
internal static class ModelConverter
{
    /// <summary>Converts a TensorFlow Lite file.</summary>
    /// <exception cref="TfliteFormatException">The file is malformed.</exception>
    /// <exception cref="UnsupportedNetworkException">The network cannot be supported: all reasons at once.</exception>
    /// <exception cref="InvalidDataException">The inputs for the self-test are no whole records.</exception>
    public static ConversionResult Convert(ReadOnlyMemory<byte> source, ConversionOptions options)
    {
        NetworkGraph graph = TfliteImporter.Import(TfliteModel.Parse(source));
        return GraphConverter.Convert(graph, source.Span, "tflite", options);
    }
}
