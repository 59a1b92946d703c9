namespace EdgeQuant.Converter.Pack;

/// <summary>The constants section: equal runs of bytes are stored once.</summary>
internal sealed class ConstantPool
{
    private readonly ByteWriter _writer = new();
    private readonly Dictionary<string, int> _offsets = [];

    /// <summary>Stores bytes, or finds them, at a multiple of an alignment; returns the offset.</summary>
    public int Add(byte[] bytes, int alignment)
    {
        string key = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes));
        if (_offsets.TryGetValue(key, out int known) && known % alignment == 0)
        {
            return known;
        }

        _writer.Align(alignment);
        int offset = _writer.Length;
        _writer.Bytes(bytes);
        _offsets[key] = offset;
        return offset;
    }

    public byte[] ToArray()
    {
        return _writer.ToArray();
    }
}
