using System.Collections.Immutable;
using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Decoding;

/// <summary>Reads the root table: what all subgraphs share, then the subgraphs.</summary>
internal sealed class ModelDecoder(ReadOnlyMemory<byte> file)
{
    private const uint SchemaVersion = 3;

    private readonly FlatBuffer buffer = new(file);

    public TfliteModel Decode()
    {
        FlatBufferTable model = buffer.Root();
        uint version = model.UInt32(0, "version");
        if (version != SchemaVersion)
        {
            throw model.Error(0, "version", $"schema version {version}", $"{SchemaVersion}");
        }

        ImmutableArray<ReadOnlyMemory<byte>> buffers = model.TableVector(4, "buffers").Select(BufferData);
        ImmutableArray<TfliteOperatorCode> codes = model.TableVector(1, "operator_codes").Select(OperatorCode);
        FlatBufferTableVector subgraphs = model.TableVector(2, "subgraphs");
        if (subgraphs.Count == 0)
        {
            throw model.Error(2, "subgraphs", "none", "1 or more");
        }

        SubgraphDecoder decoder = new(codes, buffers, subgraphs.Count);
        return new TfliteModel
        {
            Description = model.String(3, "description") ?? "",
            OperatorCodes = codes,
            Subgraphs = subgraphs.Select(decoder.Decode),
            Metadata = model.TableVector(6, "metadata").Select((metadata, _) => Metadata(metadata, buffers)),
        };
    }

    /// <summary>A buffer's bytes, in the buffer itself or, in a file that has outgrown FlatBuffers' 2 GB, behind all tables.</summary>
    private static ReadOnlyMemory<byte> BufferData(FlatBufferTable buffer, int index)
    {
        // Offsets 0 and 1 stand for "not used": writers reserve the field with either before they know the place.
        const ulong LastUnused = 1;
        ulong offset = buffer.UInt64(1, "offset");
        return offset > LastUnused ? buffer.FileSlice("offset", offset, buffer.UInt64(2, "size")) : buffer.Bytes(0, "data");
    }

    private static TfliteOperatorCode OperatorCode(FlatBufferTable code, int index)
    {
        // Files from before the operators outgrew a byte have only the first field, newer ones 127 in it where the second is meant.
        int number = Math.Max(code.Int8(0, "deprecated_builtin_code"), code.Int32(3, "builtin_code"));
        var builtIn = (TfliteOperator)number;
        string? customName = builtIn == TfliteOperator.CUSTOM ? code.String(1, "custom_code") : null;
        return new TfliteOperatorCode(builtIn, code.Int32(2, "version", ifAbsent: 1), customName);
    }

    private static TfliteMetadata Metadata(FlatBufferTable metadata, ImmutableArray<ReadOnlyMemory<byte>> buffers)
    {
        uint index = metadata.UInt32(1, "buffer");
        return index < buffers.Length
            ? new TfliteMetadata(metadata.String(0, "name") ?? "", buffers[(int)index])
            : throw metadata.Error(1, "buffer", $"buffer {index}", Allowed.IndexOf(buffers.Length));
    }
}
