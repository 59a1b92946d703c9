namespace EdgeQuant.Runtime.Model;

/// <summary>On nanoFramework the file stays in its source, and each section is read into an array of its own.</summary>
internal sealed partial class ModelFile
{
    private const int ChunkBytes = 512;

    private readonly IModelSource _source;

    /// <summary>Checks header, section table and checksum.</summary>
    /// <exception cref="ModelFormatException">Something of it is wrong.</exception>
    internal ModelFile(IModelSource source)
    {
        int length = source.Length;
        if (length < ModelLayout.HeaderBytes)
        {
            throw new ModelFormatException("The file has " + length.ToString() + " bytes; the header alone takes " + ModelLayout.HeaderBytes.ToString() + ".");
        }

        _source = source;
        FileSection header = Open(0, ModelLayout.HeaderBytes);
        int sections = CheckHeader(header, length);
        int tableBytes = sections * ModelLayout.SectionEntryBytes;
        CheckRange("length of the file", length, ModelLayout.HeaderBytes + tableBytes, int.MaxValue);
        CheckChecksum(header.Int32(ModelLayout.HeaderChecksum), Checksum(length));
        _kinds = new int[sections];
        _offsets = new int[sections];
        _lengths = new int[sections];
        CheckSections(Open(ModelLayout.HeaderBytes, tableBytes), length);
        ArenaBytes = header.Int32(ModelLayout.HeaderArenaBytes);
        StateBytes = header.Int32(ModelLayout.HeaderStateBytes);
    }

    internal FileSection Open(int offset, int length)
    {
        return new FileSection(Read(offset, length), 0, length);
    }

    internal byte[] Read(int offset, int length)
    {
        byte[] bytes = new byte[length];
        _source.Read(offset, bytes, 0, length);
        return bytes;
    }

    private uint Checksum(int length)
    {
        byte[] chunk = new byte[ChunkBytes];
        uint crc = Model.Crc32C.Start;
        for (int offset = ModelLayout.HeaderChecksummed; offset < length; offset += ChunkBytes)
        {
            int count = length - offset < ChunkBytes ? length - offset : ChunkBytes;
            _source.Read(offset, chunk, 0, count);
            crc = Model.Crc32C.Append(crc, chunk, 0, count);
        }

        return crc;
    }
}
