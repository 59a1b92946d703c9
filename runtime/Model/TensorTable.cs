namespace EdgeQuant.Runtime.Model;

/// <summary>The tensors section: every record checked by the constructor, read in place afterwards.</summary>
internal sealed class TensorTable
{
    private readonly FileSection _section;
    private readonly int _dimensions;

    /// <summary>Checks every record: enums, shape products, offsets against the storage that they point into.</summary>
    /// <exception cref="ModelFormatException">A record is wrong; the message names it.</exception>
    internal TensorTable(ModelFile file)
    {
        File = file;
        _section = file.Require(SectionKind.Tensors, "tensors", ModelLayout.TensorRecords);
        Count = _section.Int32(ModelLayout.TensorCount);
        if (Count < 0 || Count > ModelLayout.MaximumTensors || Count > (_section.Length - ModelLayout.TensorRecords) / ModelLayout.TensorRecordBytes)
        {
            throw ModelFile.Error("number of tensors", Count, 0, (_section.Length - ModelLayout.TensorRecords) / ModelLayout.TensorRecordBytes);
        }

        _dimensions = ModelLayout.TensorRecords + (Count * ModelLayout.TensorRecordBytes);
        int arena = 0;
        int state = 0;
        for (int i = 0; i < Count; i++)
        {
            Check(i, ref arena, ref state);
        }

        RequireExtent("arena", file.ArenaBytes, arena);
        RequireExtent("state", file.StateBytes, state);
    }

    internal ModelFile File { get; }

    internal int Count { get; }

    internal static int BytesOf(ElementType type)
    {
        switch (type)
        {
            case ElementType.Int16:
                return 2;
            case ElementType.Int32:
                return 4;
            case ElementType.Int64:
                return 8;
            default:
                return 1;
        }
    }

    internal int UInt8(int tensor, int field)
    {
        return _section.UInt8(Record(tensor) + field);
    }

    internal int UInt16(int tensor, int field)
    {
        return _section.UInt16(Record(tensor) + field);
    }

    internal int Int32(int tensor, int field)
    {
        return _section.Int32(Record(tensor) + field);
    }

    internal int Dimension(int tensor, int axis)
    {
        return _section.Int32(_dimensions + ((UInt16(tensor, ModelLayout.TensorDimensions) + axis) * 4));
    }

    /// <summary>The header of a constant whose elements share values.</summary>
    internal SharedHeader SharedHeader(int tensor)
    {
        return new SharedHeader(File.Open(File.OffsetOf(SectionKind.Constants) + Int32(tensor, ModelLayout.TensorOffset), ModelLayout.SharedData));
    }

    private static int Record(int tensor)
    {
        return ModelLayout.TensorRecords + (tensor * ModelLayout.TensorRecordBytes);
    }

    private static ModelFormatException Error(int tensor, string message)
    {
        return new ModelFormatException("Tensor " + tensor.ToString() + ": " + message);
    }

    private static void RequireExtent(string storage, int declared, int used)
    {
        if (declared != used)
        {
            throw new ModelFormatException(
                "The header declares " + declared.ToString() + " bytes of " + storage + "; the tensors end at byte " + used.ToString() + ".");
        }
    }

    private void Check(int tensor, ref int arena, ref int state)
    {
        int type = UInt8(tensor, ModelLayout.TensorType);
        if (type < (int)ElementType.Int8 || type > (int)ElementType.Bool)
        {
            throw Error(tensor, "the element type is " + type.ToString() + "; allowed is 1 to 6.");
        }

        int encoding = UInt8(tensor, ModelLayout.TensorEncoding);
        if (encoding > (int)TensorEncoding.Shared || (encoding != (int)TensorEncoding.Dense && type != (int)ElementType.Int8))
        {
            throw Error(tensor, "the encoding is " + encoding.ToString() + "; allowed is 0 (dense), and for the element type int8 1 (packed int4) and 2 (shared).");
        }

        long bytes = CheckShape(tensor, type);
        if (encoding == (int)TensorEncoding.PackedInt4)
        {
            bytes = (bytes + 1) / 2;
        }
        else if (encoding == (int)TensorEncoding.Shared)
        {
            bytes = SharedBytes(tensor, bytes);
        }

        int length = Int32(tensor, ModelLayout.TensorLength);
        if (length != bytes)
        {
            throw Error(tensor, "the length is " + length.ToString() + " bytes; its shape and type make " + bytes.ToString() + ".");
        }

        CheckPlace(tensor, type, encoding, length, ref arena, ref state);
    }

    private long CheckShape(int tensor, int type)
    {
        int rank = UInt8(tensor, ModelLayout.TensorRank);
        if (rank > ModelLayout.MaximumRank)
        {
            throw Error(tensor, "the rank is " + rank.ToString() + "; allowed is 0 to " + ModelLayout.MaximumRank.ToString() + ".");
        }

        int first = UInt16(tensor, ModelLayout.TensorDimensions);
        if (rank > 0 && _dimensions + ((first + rank) * 4) > _section.Length)
        {
            throw Error(tensor, "its dimensions start at entry " + first.ToString() + ", outside the section.");
        }

        long bytes = BytesOf((ElementType)type);
        for (int axis = 0; axis < rank; axis++)
        {
            int dimension = Dimension(tensor, axis);
            if (dimension < 1 || bytes * dimension > int.MaxValue)
            {
                throw Error(tensor, "dimension " + axis.ToString() + " is " + dimension.ToString() + "; allowed is 1 and above, with less than 2 GB in all.");
            }

            bytes *= dimension;
        }

        return bytes;
    }

    /// <summary>The bytes of a tensor whose elements share values, by the header that they start with.</summary>
    private long SharedBytes(int tensor, long elements)
    {
        int offset = Int32(tensor, ModelLayout.TensorOffset);
        if (UInt8(tensor, ModelLayout.TensorStorage) != (int)TensorStorage.Constant
            || offset < 0
            || offset > File.LengthOf(SectionKind.Constants) - ModelLayout.SharedData)
        {
            throw Error(tensor, "its codebooks start at byte " + offset.ToString() + ", outside the constants.");
        }

        SharedHeader header = SharedHeader(tensor);
        if (header.Bits < SharedLayout.FewestBits || header.Bits > SharedLayout.MostBits)
        {
            throw Error(tensor, "its indices have " + header.Bits.ToString() + " bits; allowed is 2 to 8.");
        }

        if (header.Entries < SharedLayout.FewestEntries || header.Entries > 1 << header.Bits || header.Codebooks == 0)
        {
            throw Error(
                tensor,
                "it has " + header.Codebooks.ToString() + " codebooks of " + header.Entries.ToString() + " entries; allowed is 1 and more, of 2 to as many as the "
                + header.Bits.ToString() + " bits of an index can tell.");
        }

        int rows = UInt8(tensor, ModelLayout.TensorRank) == 0 ? 1 : Dimension(tensor, 0);
        return SharedLayout.Bytes(rows, elements / rows, header.Bits, header.Entries, header.Codebooks);
    }

    private void CheckPlace(int tensor, int type, int encoding, int length, ref int arena, ref int state)
    {
        int storage = UInt8(tensor, ModelLayout.TensorStorage);
        int offset = Int32(tensor, ModelLayout.TensorOffset);
        int limit;
        switch ((TensorStorage)storage)
        {
            case TensorStorage.Arena:
                limit = File.ArenaBytes;
                break;
            case TensorStorage.Constant:
                limit = File.LengthOf(SectionKind.Constants);
                break;
            case TensorStorage.State:
                limit = File.StateBytes;
                break;
            default:
                throw Error(tensor, "the storage is " + storage.ToString() + "; allowed is 1 (arena), 2 (constants), 3 (state).");
        }

        if (offset < 0 || offset > limit - length)
        {
            throw Error(tensor, "bytes " + offset.ToString() + " to " + ((long)offset + length).ToString() + " lie outside its storage of " + limit.ToString() + " bytes.");
        }

        if (offset % BytesOf((ElementType)type) != 0)
        {
            throw Error(tensor, "the offset " + offset.ToString() + " is not a multiple of its element's size.");
        }

        if (storage != (int)TensorStorage.Constant && (type == (int)ElementType.Int64 || encoding != (int)TensorEncoding.Dense))
        {
            throw Error(tensor, "64-bit, packed and shared elements are allowed in constants only.");
        }

        if (storage == (int)TensorStorage.Arena && offset + length > arena)
        {
            arena = offset + length;
        }
        else if (storage == (int)TensorStorage.State && offset + length > state)
        {
            state = offset + length;
        }
    }
}
