using EdgeQuant.Converter.Import.TensorFlowLite;

namespace EdgeQuant.Converter.Import;

/// <summary>Reads a network's file in whatever format it is.</summary>
internal static class NetworkFile
{
    /// <summary>Imports a network; the format is told by the file's content.</summary>
    /// <exception cref="TfliteFormatException">The file is no well-formed TensorFlow Lite file.</exception>
    /// <exception cref="Graph.UnsupportedNetworkException">The network has more nodes than can be looked at.</exception>
    public static ImportedNetwork Import(ReadOnlyMemory<byte> file)
    {
        return new ImportedNetwork(TfliteImporter.Import(TfliteModel.Parse(file)), "tflite");
    }
}
