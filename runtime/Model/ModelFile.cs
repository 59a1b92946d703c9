namespace EdgeQuant.Runtime.Model;

/// <summary>
/// The outer shell of an <c>.eqm</c> file: header, checksum and sections, all checked by the constructor. What the sections hold is checked
/// by their own readers.
/// </summary>
internal sealed partial class ModelFile
{
    private readonly int[] _kinds;
    private readonly int[] _offsets;
    private readonly int[] _lengths;

    internal int ArenaBytes { get; private set; }

    internal int StateBytes { get; private set; }

    internal int SectionCount => _kinds.Length;

    /// <summary>The kind of the section at a position of the section table; kinds from later versions have no name here.</summary>
    internal SectionKind KindOf(int position)
    {
        return (SectionKind)_kinds[position];
    }

    internal int LengthOf(int position)
    {
        return _lengths[position];
    }

    /// <summary>True if the file has a section of this kind.</summary>
    internal bool Has(SectionKind kind)
    {
        return Find(kind) >= 0;
    }

    /// <summary>The offset of a section from the start of the file, or -1.</summary>
    internal int OffsetOf(SectionKind kind)
    {
        int position = Find(kind);
        return position < 0 ? -1 : _offsets[position];
    }

    /// <summary>The length of a section in bytes; 0 if there is none.</summary>
    internal int LengthOf(SectionKind kind)
    {
        int position = Find(kind);
        return position < 0 ? 0 : _lengths[position];
    }

    /// <summary>Opens a section that must be there.</summary>
    /// <exception cref="ModelFormatException">It is absent, or shorter than its fixed part.</exception>
    internal FileSection Require(SectionKind kind, string name, int minimumLength)
    {
        int position = Find(kind);
        if (position < 0)
        {
            throw new ModelFormatException("The file has no " + name + " section.");
        }

        if (_lengths[position] < minimumLength)
        {
            throw Error("length of the " + name + " section", _lengths[position], minimumLength, int.MaxValue);
        }

        return Open(_offsets[position], _lengths[position]);
    }

    internal static ModelFormatException Error(string field, int found, int minimum, int maximum)
    {
        return new ModelFormatException(
            "The " + field + " is " + found.ToString() + "; allowed is " + minimum.ToString() + " to " + maximum.ToString() + ".");
    }

    private static void CheckRange(string field, int found, int minimum, int maximum)
    {
        if (found < minimum || found > maximum)
        {
            throw Error(field, found, minimum, maximum);
        }
    }

    private static int CheckHeader(FileSection header, int fileLength)
    {
        if (header.Int32(ModelLayout.HeaderMagic) != ModelLayout.Magic)
        {
            throw new ModelFormatException("This is not an EdgeQuant model: the file does not start with the bytes 'EQM' 1A.");
        }

        int major = header.UInt16(ModelLayout.HeaderMajorVersion);
        int minor = header.UInt16(ModelLayout.HeaderMinorVersion);
        if (major != ModelLayout.MajorVersion || minor > ModelLayout.MinorVersion)
        {
            throw new ModelFormatException(
                "The file has format version " + major.ToString() + "." + minor.ToString() + "; this runtime reads " + ModelLayout.MajorVersion.ToString()
                + ".0 to " + ModelLayout.MajorVersion.ToString() + "." + ModelLayout.MinorVersion.ToString() + ". Convert the model again, or update the runtime.");
        }

        int length = header.Int32(ModelLayout.HeaderLength);
        if (length != fileLength)
        {
            throw new ModelFormatException(
                "The header says that the file has " + length.ToString() + " bytes; it has " + fileLength.ToString() + ". It was cut off or added to.");
        }

        CheckRange("rounding mode", header.UInt8(ModelLayout.HeaderRounding), (int)RoundingMode.Double, (int)RoundingMode.Double);
        CheckRange("reserved byte of the header", header.UInt8(ModelLayout.HeaderReserved), 0, 0);
        int sections = header.UInt16(ModelLayout.HeaderSectionCount);
        CheckRange("number of sections", sections, 1, ModelLayout.MaximumSections);
        CheckRange("arena size", header.Int32(ModelLayout.HeaderArenaBytes), 0, int.MaxValue);
        CheckRange("state size", header.Int32(ModelLayout.HeaderStateBytes), 0, int.MaxValue);
        return sections;
    }

    private void CheckSections(FileSection table, int fileLength)
    {
        int free = ModelLayout.HeaderBytes + (_kinds.Length * ModelLayout.SectionEntryBytes);
        for (int i = 0; i < _kinds.Length; i++)
        {
            int at = i * ModelLayout.SectionEntryBytes;
            int kind = table.Int32(at + ModelLayout.SectionKind);
            int offset = table.Int32(at + ModelLayout.SectionOffset);
            int length = table.Int32(at + ModelLayout.SectionLength);
            CheckRange("section kind", kind, 1, int.MaxValue);
            if (Find((SectionKind)kind) >= 0)
            {
                throw new ModelFormatException("Section kind " + kind.ToString() + " stands twice in the section table; each may stand once.");
            }

            CheckRange("section offset", offset, free, fileLength);
            CheckRange("section length", length, 0, fileLength - offset);
            if (offset % ModelLayout.SectionAlignment != 0)
            {
                throw new ModelFormatException("The section offset " + offset.ToString() + " is not a multiple of " + ModelLayout.SectionAlignment.ToString() + ".");
            }

            _kinds[i] = kind;
            _offsets[i] = offset;
            _lengths[i] = length;
            free = offset + length;
        }
    }

    private static void CheckChecksum(int stored, uint crc)
    {
        if (stored != (int)Model.Crc32C.Finish(crc))
        {
            throw new ModelFormatException("The checksum of the file is wrong: it was damaged on its way. Copy it again.");
        }
    }

    private int Find(SectionKind kind)
    {
        for (int i = 0; i < _kinds.Length; i++)
        {
            if (_kinds[i] == (int)kind)
            {
                return i;
            }
        }

        return -1;
    }
}
