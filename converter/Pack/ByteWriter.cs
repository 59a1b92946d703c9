using System.Buffers.Binary;

namespace EdgeQuant.Converter.Pack;

/// <summary>Appends little-endian values to a growing run of bytes.</summary>
internal sealed class ByteWriter
{
    private readonly List<byte> _bytes = [];

    public int Length => _bytes.Count;

    public void UInt8(int value)
    {
        _bytes.Add(checked((byte)value));
    }

    public void UInt16(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, checked((ushort)value));
        Bytes(bytes);
    }

    public void Int32(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        Bytes(bytes);
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
    }

    public void Align(int alignment)
    {
        while (_bytes.Count % alignment != 0)
        {
            _bytes.Add(0);
        }
    }

    public byte[] ToArray()
    {
        return [.. _bytes];
    }
}
