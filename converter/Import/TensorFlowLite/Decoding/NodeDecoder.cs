using System.Collections.Immutable;
using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;
using EdgeQuant.Converter.Import.TensorFlowLite.Options;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Decoding;

/// <summary>Reads the operators of one subgraph.</summary>
internal sealed class NodeDecoder(ImmutableArray<TfliteOperatorCode> codes, int tensorCount, int subgraphCount)
{
    public TfliteNode Decode(FlatBufferTable node, int index)
    {
        uint code = node.UInt32(0, "opcode_index");
        if (code >= codes.Length)
        {
            throw node.Error(0, "opcode_index", $"operator code {code}", Allowed.IndexOf(codes.Length));
        }

        return new TfliteNode
        {
            Index = index,
            Code = codes[(int)code],
            Inputs = TensorIndices.ReadOptional(node, 1, "inputs", tensorCount),
            Outputs = TensorIndices.Read(node, 2, "outputs", tensorCount),
            Intermediates = TensorIndices.ReadOptional(node, 8, "intermediates", tensorCount),
            Options = Options(node, codes[(int)code]),
            OptionsType = node.UInt8(3, "builtin_options_type"),
            Options2Type = node.UInt8(11, "builtin_options_2_type"),
            CustomOptions = CustomOptions(node),
        };
    }

    private TfliteOptions? Options(FlatBufferTable node, TfliteOperatorCode code)
    {
        if (!OptionsTable.TryFind(code.Operator, out OptionsReader? reader))
        {
            return null;
        }

        byte type = node.UInt8(3, "builtin_options_type");
        if (type != 0 && type != reader.UnionType)
        {
            throw node.Error(3, "builtin_options_type", $"{type}", $"{reader.UnionType} for {code.Name}, or 0 for the defaults");
        }

        FlatBufferTable table = type == 0 ? default : node.Table(4, "builtin_options") ?? default;
        TfliteOptions options = reader.Read(table);
        return options is CallOnceOptions { InitSubgraph: int called } && (called < 0 || called >= subgraphCount)
            ? throw table.Error(0, "init_subgraph_index", $"subgraph {called}", Allowed.IndexOf(subgraphCount))
            : options;
    }

    /// <summary>The bytes in the table or, in a file that has outgrown FlatBuffers' 2 GB, behind all tables.</summary>
    private static ReadOnlyMemory<byte> CustomOptions(FlatBufferTable node)
    {
        // Offsets 0 and 1 stand for "not used", as for buffers.
        const ulong LastUnused = 1;
        ulong offset = node.UInt64(9, "large_custom_options_offset");
        return offset > LastUnused
            ? node.FileSlice("large_custom_options_offset", offset, node.UInt64(10, "large_custom_options_size"))
            : node.Bytes(5, "custom_options");
    }
}
