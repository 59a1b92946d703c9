namespace EdgeQuant.Converter.Data.Files;

/// <summary>Reads what is packed in a file and compares it at its end with what the file says of it.</summary>
/// <param name="stream">What is unpacked.</param>
/// <param name="checksum">Its CRC-32, as the file says.</param>
/// <param name="length">Its length modulo 2^32, as the file says.</param>
internal sealed class ChecksummedStream(Stream stream, uint checksum, uint length) : SequentialStream
{
    private uint _checksum;
    private uint _length;

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
    protected override void Dispose(bool disposing)
    {
        stream.Dispose();
        base.Dispose(disposing);
    }
}
