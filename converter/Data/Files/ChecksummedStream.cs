namespace EdgeQuant.Converter.Data.Files;

/// <summary>Reads what is packed in a file and compares it at its end with what the file says of it.</summary>
/// <param name="stream">What is unpacked.</param>
/// <param name="checksum">Its CRC-32, as the file says.</param>
/// <param name="length">Its length modulo 2^32, as the file says.</param>
internal sealed class ChecksummedStream(Stream stream, uint checksum, uint length) : Stream
{
    private uint _checksum;
    private uint _length;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int count = stream.Read(buffer);
        if (count == 0 && buffer.Length > 0 && (_checksum != checksum || _length != length))
        {
            throw new InvalidDataException("Its length or checksum is not what the file says at its end. (A gzip file of several parts has to be unpacked first.)");
        }

        _checksum = Crc32.Append(_checksum, buffer[..count]);
        _length = unchecked(_length + (uint)count);
        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        return Read(buffer.AsSpan(offset, count));
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin)
    {
        throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void SetLength(long value)
    {
        throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        throw new NotSupportedException();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        stream.Dispose();
        base.Dispose(disposing);
    }
}
