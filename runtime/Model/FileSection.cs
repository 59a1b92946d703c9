namespace EdgeQuant.Runtime.Model;

/// <summary>A readable run of a model's bytes. The reader checks offsets against <see cref="Length"/> before it asks.</summary>
internal readonly struct FileSection
{
    private readonly byte[] _bytes;
    private readonly int _start;

    internal FileSection(byte[] bytes, int start, int length)
    {
        _bytes = bytes;
        _start = start;
        Length = length;
    }

    internal int Length { get; }

    internal int UInt8(int offset)
    {
        return _bytes[_start + offset];
    }

    internal int UInt16(int offset)
    {
        int at = _start + offset;
        return _bytes[at] | (_bytes[at + 1] << 8);
    }

    internal int Int32(int offset)
    {
        int at = _start + offset;
        return _bytes[at] | (_bytes[at + 1] << 8) | (_bytes[at + 2] << 16) | (_bytes[at + 3] << 24);
    }

    /// <summary>Copies bytes out.</summary>
    internal void CopyTo(int offset, sbyte[] target, int start, int count)
    {
        for (int i = 0; i < count; i++)
        {
            target[start + i] = (sbyte)_bytes[_start + offset + i];
        }
    }
}
