using EdgeQuant.Converter.Import.Onnx;
using EdgeQuant.Converter.Import.TensorFlowLite;

namespace EdgeQuant.Converter.Import;

/// <summary>Reads a network's file in whatever format it is.</summary>
internal static class NetworkFile
{
    /// <summary>Imports a network; the format is told by the file's content.</summary>
    /// <exception cref="UnknownFormatException">The file is of no format that is known.</exception>
    /// <exception cref="TfliteFormatException">The file is a malformed TensorFlow Lite file.</exception>
    /// <exception cref="OnnxFormatException">The file is a malformed ONNX file.</exception>
    /// <exception cref="Graph.UnsupportedNetworkException">The network as a whole cannot be looked at: it has too many nodes, or inputs without fixed shapes.</exception>
    public static ImportedNetwork Import(ReadOnlyMemory<byte> file, ImportOptions? options = null)
    {
        if (TfliteModel.IsTensorFlowLite(file.Span))
        {
            return new ImportedNetwork(TfliteImporter.Import(TfliteModel.Parse(file)), "tflite");
        }

        return OnnxModel.IsOnnx(file.Span)
            ? new ImportedNetwork(OnnxImporter.Import(OnnxModel.Parse(file.Span, options?.Folder), options), "onnx")
            : throw UnknownFormatException.Of(file.Span);
    }

    /// <summary>The format of a file with its article, for messages; null if it is no network's.</summary>
    public static string? FormatOf(ReadOnlySpan<byte> file)
    {
        return TfliteModel.IsTensorFlowLite(file) ? "a TensorFlow Lite file" : OnnxModel.IsOnnx(file) ? "an ONNX file" : null;
    }
}
