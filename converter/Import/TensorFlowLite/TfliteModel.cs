using System.Collections.Immutable;
using EdgeQuant.Converter.Import.TensorFlowLite.Decoding;

namespace EdgeQuant.Converter.Import.TensorFlowLite;

/// <summary>
/// A TensorFlow Lite file as it stands: nothing interpreted, everything checked. Every index in it (operator code, tensor, buffer,
/// subgraph) is in range, and constants have exactly the bytes that their shape and type ask for. Whether the network makes sense
/// (operand types, ranks, quantization, order of operators) is the importer's question.
/// </summary>
internal sealed class TfliteModel
{
    /// <summary>What the writer says about the file; empty if nothing.</summary>
    public required string Description { get; init; }

    public required ImmutableArray<TfliteOperatorCode> OperatorCodes { get; init; }

    /// <summary>At least one; the first is the network itself.</summary>
    public required ImmutableArray<TfliteSubgraph> Subgraphs { get; init; }

    public required ImmutableArray<TfliteMetadata> Metadata { get; init; }

    /// <summary>True if a file says that it is a TensorFlow Lite file; it may still be malformed, or of another version.</summary>
    public static bool IsTensorFlowLite(ReadOnlySpan<byte> file)
    {
        return FileIdentifier.IsThere(file);
    }

    /// <summary>
    /// Reads a file. Constants are slices of <paramref name="file"/>, which must stay unchanged; all else is copied. Work and memory are
    /// bounded by a small multiple of the file's length, whatever the file says.
    /// </summary>
    /// <exception cref="TfliteFormatException">The file is no TensorFlow Lite file of schema version 3, or a part of it is malformed.</exception>
    public static TfliteModel Parse(ReadOnlyMemory<byte> file)
    {
        FileIdentifier.Check(file.Span);
        return new ModelDecoder(file).Decode();
    }
}
