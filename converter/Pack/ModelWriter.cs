using System.Buffers.Binary;
using System.Runtime.InteropServices;
using EdgeQuant.Converter.Lower;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Pack;

/// <summary>Writes a planned network as an <c>.eqm</c> file (layout: <c>runtime/Model/README.md</c>).</summary>
internal static class ModelWriter
{
    /// <summary>Lays out all sections and fills in the header with its checksum.</summary>
    /// <param name="network">The network after planning.</param>
    /// <param name="selfTest">The self-test section, or null.</param>
    /// <param name="modelCard">The model card (UTF-8 JSON), or null.</param>
    public static byte[] Write(LoweredNetwork network, byte[]? selfTest, byte[]? modelCard)
    {
        ConstantPool constants = new();
        IReadOnlyList<LoweredTensor> tensors = network.Tensors();
        Dictionary<LoweredTensor, int> indices = tensors.Select((tensor, i) => (tensor, i)).ToDictionary(pair => pair.tensor, pair => pair.i);
        byte[] tensorSection = Tensors(tensors, constants);
        byte[]? state = State(network, constants);
        List<(SectionKind Kind, byte[] Bytes)> sections =
        [
            (SectionKind.Tensors, tensorSection),
            (SectionKind.Operators, Operators(network, indices)),
            (SectionKind.Boundary, Boundary(network, indices)),
        ];
        AddIf(sections, SectionKind.State, state);
        AddIf(sections, SectionKind.Constants, constants.ToArray());
        AddIf(sections, SectionKind.SelfTest, selfTest);
        AddIf(sections, SectionKind.ModelCard, modelCard);
        int minor = tensors.Any(tensor => tensor.Encoding == TensorEncoding.Shared) ? ModelLayout.MinorVersionOfShared : 0;
        return Assemble(network.ArenaBytes, network.StateBytes, minor, sections);
    }

    private static void AddIf(List<(SectionKind Kind, byte[] Bytes)> sections, SectionKind kind, byte[]? bytes)
    {
        if (bytes is { Length: > 0 })
        {
            sections.Add((kind, bytes));
        }
    }

    private static byte[] Tensors(IReadOnlyList<LoweredTensor> tensors, ConstantPool constants)
    {
        Dictionary<LoweredBuffer, int> buffers = [];
        foreach (LoweredBuffer buffer in tensors.Select(tensor => tensor.Buffer).OfType<LoweredBuffer>())
        {
            buffers.TryAdd(buffer, buffers.Count);
        }

        List<int> dimensions = [];
        ByteWriter writer = new();
        writer.Int32(tensors.Count);
        foreach (LoweredTensor tensor in tensors)
        {
            writer.UInt8((int)tensor.Type);
            writer.UInt8(tensor.Shape.Length);
            writer.UInt8((int)tensor.Storage);
            writer.UInt8((int)tensor.Encoding);
            writer.Int32(tensor.Storage switch
            {
                TensorStorage.Constant => constants.Add(tensor.Data!, TensorTable.BytesOf(tensor.Type)),
                TensorStorage.Arena => tensor.Buffer!.Offset + tensor.Offset,
                _ => tensor.Offset,
            });
            writer.Int32(tensor.ByteLength);
            writer.UInt16(Dimensions(dimensions, tensor.Shape));
            writer.UInt16(tensor.Buffer is null ? 0 : buffers[tensor.Buffer]);
            writer.Int32(tensor.ZeroPoint);
            writer.Int32(BitConverter.SingleToInt32Bits(tensor.Scale));
        }

        foreach (int dimension in dimensions)
        {
            writer.Int32(dimension);
        }

        return writer.ToArray();
    }

    /// <summary>Finds a shape among those already written, or appends it.</summary>
    private static int Dimensions(List<int> pool, int[] shape)
    {
        int known = CollectionsMarshal.AsSpan(pool).IndexOf(shape);
        if (known >= 0)
        {
            return known;
        }

        pool.AddRange(shape);
        return pool.Count - shape.Length;
    }

    private static byte[] Operators(LoweredNetwork network, Dictionary<LoweredTensor, int> indices)
    {
        ByteWriter writer = new();
        writer.Int32(network.Operators.Count);
        foreach (LoweredOperator op in network.Operators)
        {
            writer.UInt16((int)op.Kind);
            writer.UInt8(op.Inputs.Count);
            writer.UInt8(op.Outputs.Count);
            writer.UInt8(op.Scratch.Count);
            writer.UInt8(0);
            writer.UInt16(op.Attributes.Count);
            foreach (LoweredTensor? tensor in op.Inputs.Concat(op.Outputs).Concat(op.Scratch))
            {
                writer.UInt16(tensor is null ? ModelLayout.NoTensor : indices[tensor]);
            }

            writer.Align(sizeof(int));
            foreach (int attribute in op.Attributes)
            {
                writer.Int32(attribute);
            }
        }

        return writer.ToArray();
    }

    private static byte[] Boundary(LoweredNetwork network, Dictionary<LoweredTensor, int> indices)
    {
        ByteWriter writer = new();
        writer.UInt16(network.Inputs.Count);
        writer.UInt16(network.Outputs.Count);
        foreach (LoweredTensor tensor in network.Inputs.Concat(network.Outputs))
        {
            writer.UInt16(indices[tensor]);
        }

        return writer.ToArray();
    }

    private static byte[]? State(LoweredNetwork network, ConstantPool constants)
    {
        List<StatePiece> pieces = network.State.FindAll(piece => piece.Initial.AsSpan().ContainsAnyExcept((byte)0));
        if (pieces.Count == 0)
        {
            return null;
        }

        ByteWriter writer = new();
        writer.Int32(pieces.Count);
        foreach (StatePiece piece in pieces)
        {
            bool filled = !piece.Initial.AsSpan().ContainsAnyExcept(piece.Initial[0]);
            writer.Int32(piece.Offset);
            writer.Int32(piece.Initial.Length);
            writer.Int32(filled ? ModelLayout.StateIsFilled : constants.Add(piece.Initial, 1));
            writer.Int32(filled ? (sbyte)piece.Initial[0] : 0);
        }

        return writer.ToArray();
    }

    private static byte[] Assemble(int arenaBytes, int stateBytes, int minorVersion, List<(SectionKind Kind, byte[] Bytes)> sections)
    {
        ByteWriter writer = new();
        writer.Int32(ModelLayout.Magic);
        writer.UInt16(ModelLayout.MajorVersion);
        writer.UInt16(minorVersion);
        writer.Int32(0);
        writer.Int32(0);
        writer.Int32(arenaBytes);
        writer.Int32(stateBytes);
        writer.UInt16(sections.Count);
        writer.UInt8((int)RoundingMode.Double);
        writer.UInt8(0);
        int offset = ModelLayout.HeaderBytes + (sections.Count * ModelLayout.SectionEntryBytes);
        foreach ((SectionKind kind, byte[] bytes) in sections)
        {
            offset = Aligned(offset);
            writer.Int32((int)kind);
            writer.Int32(offset);
            writer.Int32(bytes.Length);
            offset += bytes.Length;
        }

        foreach ((_, byte[] bytes) in sections)
        {
            writer.Align(ModelLayout.SectionAlignment);
            writer.Bytes(bytes);
        }

        byte[] file = writer.ToArray();
        Seal(file);
        return file;
    }

    /// <summary>A file with more sections behind those that it has, or in place of those of the same kind.</summary>
    internal static byte[] WithSections(byte[] file, IReadOnlyList<(SectionKind Kind, byte[] Bytes)> more)
    {
        ModelFile model = new(file);
        IEnumerable<SectionKind> kept = Enumerable.Range(0, model.SectionCount).Select(model.KindOf).Except(more.Select(section => section.Kind));
        List<(SectionKind Kind, byte[] Bytes)> sections = [.. kept.Select(kind => (kind, file.AsSpan(model.OffsetOf(kind), model.LengthOf(kind)).ToArray())), .. more];
        int minor = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(ModelLayout.HeaderMinorVersion));
        return Assemble(model.ArenaBytes, model.StateBytes, minor, sections);
    }

    /// <summary>Writes length and checksum into a file's header.</summary>
    internal static void Seal(byte[] file)
    {
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(ModelLayout.HeaderLength), file.Length);
        uint crc = Crc32C.Append(Crc32C.Start, file, ModelLayout.HeaderChecksummed, file.Length - ModelLayout.HeaderChecksummed);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(ModelLayout.HeaderChecksum), Crc32C.Finish(crc));
    }

    private static int Aligned(int offset)
    {
        return (offset + ModelLayout.SectionAlignment - 1) / ModelLayout.SectionAlignment * ModelLayout.SectionAlignment;
    }
}
