namespace EdgeQuant.Runtime.Model;

/// <summary>On .NET the file is one array, and everything is read in place.</summary>
internal sealed partial class ModelFile
{
    private readonly byte[] _bytes;

    /// <summary>Checks header, section table and checksum.</summary>
    /// <exception cref="ModelFormatException">Something of it is wrong.</exception>
    internal ModelFile(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.Length < ModelLayout.HeaderBytes)
        {
            throw new ModelFormatException($"The file has {bytes.Length} bytes; the header alone takes {ModelLayout.HeaderBytes}.");
        }

        _bytes = bytes;
        FileSection header = new(bytes, 0, ModelLayout.HeaderBytes);
        int sections = CheckHeader(header, bytes.Length);
        int tableBytes = sections * ModelLayout.SectionEntryBytes;
        CheckRange("length of the file", bytes.Length, ModelLayout.HeaderBytes + tableBytes, int.MaxValue);
        CheckChecksum(
            header.Int32(ModelLayout.HeaderChecksum),
            Model.Crc32C.Append(Model.Crc32C.Start, bytes, ModelLayout.HeaderChecksummed, bytes.Length - ModelLayout.HeaderChecksummed));
        _kinds = new int[sections];
        _offsets = new int[sections];
        _lengths = new int[sections];
        CheckSections(new FileSection(bytes, ModelLayout.HeaderBytes, tableBytes), bytes.Length);
        ArenaBytes = header.Int32(ModelLayout.HeaderArenaBytes);
        StateBytes = header.Int32(ModelLayout.HeaderStateBytes);
    }

    /// <summary>The file's bytes as the signed ones that constants are read through.</summary>
    internal sbyte[] SignedBytes => (sbyte[])(object)_bytes;

    internal FileSection Open(int offset, int length)
    {
        return new FileSection(_bytes, offset, length);
    }
}
