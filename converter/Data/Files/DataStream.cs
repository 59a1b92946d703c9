using System.IO.Compression;

namespace EdgeQuant.Converter.Data.Files;

/// <summary>
/// A file of samples, read from its start to its end, unpacked where it is packed by gzip or lies in a ZIP file. What is wrong with the file
/// itself becomes a <see cref="DataException"/> that names it.
/// </summary>
internal sealed class DataStream : SequentialStream
{
    private readonly Stream _stream;
    private readonly IDisposable[] _owned;
    private readonly byte[] _ahead = new byte[16];
    private int _aheadStart;
    private int _aheadEnd;

    private DataStream(string name, Stream stream, long? length, params IDisposable[] owned)
    {
        Name = name;
        _stream = stream;
        KnownLength = length;
        _owned = owned;
    }

    /// <summary>The file, for messages.</summary>
    public string Name { get; }

    /// <summary>How many bytes there are in all; null if that is not known before they are unpacked.</summary>
    public long? KnownLength { get; }

    /// <summary>Opens a file.</summary>
    public static DataStream Open(string path)
    {
        FileStream file = OpenFile(path);
        if (!GzipTrailer.IsGzip(file))
        {
            return new DataStream(path, file, file.Length, file);
        }

        (uint checksum, uint length) = GzipTrailer.Of(file);
        GZipStream unpacked = new(file, CompressionMode.Decompress);
        return new DataStream(path, new ChecksummedStream(unpacked, checksum, length), null, unpacked, file);
    }

    /// <summary>Opens a file in a ZIP file.</summary>
    public static DataStream OpenEntry(string path, string entryName)
    {
        FileStream file = OpenFile(path);
        string name = $"{path}#{Path.GetFileNameWithoutExtension(entryName)}";
        try
        {
            ZipArchive archive = new(file, ZipArchiveMode.Read);
            ZipArchiveEntry entry = archive.GetEntry(entryName)!;
            return entry.IsEncrypted
                ? throw new DataException(name, "the array", "encrypted", "arrays that are not")
                : new DataStream(name, new ChecksummedStream(entry.Open(), entry.Crc32, unchecked((uint)entry.Length)), null, archive, file);
        }
        catch (InvalidDataException exception)
        {
            file.Dispose();
            throw Damaged(name, exception);
        }
    }

    /// <summary>The names of the files in a ZIP file.</summary>
    public static string[] EntriesOf(string path)
    {
        using FileStream file = OpenFile(path);
        try
        {
            using ZipArchive archive = new(file, ZipArchiveMode.Read);
            return [.. archive.Entries.Select(entry => entry.FullName)];
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(path, exception);
        }
    }

    /// <summary>The first bytes, fewer where the file is shorter; they are still read afterwards.</summary>
    public ReadOnlySpan<byte> Peek()
    {
        if (_aheadEnd == 0)
        {
            _aheadEnd = Fill(_ahead);
        }

        return _ahead.AsSpan(_aheadStart, _aheadEnd - _aheadStart);
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_aheadStart < _aheadEnd)
        {
            int count = Math.Min(buffer.Length, _aheadEnd - _aheadStart);
            _ahead.AsSpan(_aheadStart, count).CopyTo(buffer);
            _aheadStart += count;
            return count;
        }

        try
        {
            return _stream.Read(buffer);
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(Name, exception);
        }
        catch (IOException exception)
        {
            throw new DataException(Name, "the file", "unreadable", "a file that can be read", exception.Message);
        }
    }

    /// <summary>Fills a buffer as far as the file goes; the number of bytes read.</summary>
    public int Fill(Span<byte> buffer)
    {
        int filled = 0;
        while (filled < buffer.Length)
        {
            int count = Read(buffer[filled..]);
            if (count == 0)
            {
                break;
            }

            filled += count;
        }

        return filled;
    }

    /// <summary>Fills a buffer.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="what">What it is for, for the message if the file ends before.</param>
    public void Require(Span<byte> buffer, string what)
    {
        int filled = Fill(buffer);
        if (filled < buffer.Length)
        {
            throw new DataException(Name, $"the length of {what}", $"{filled} bytes", $"{buffer.Length} bytes", "The file was cut short.");
        }
    }

    /// <summary>Makes sure that nothing is left to read.</summary>
    public void RequireEnd()
    {
        Span<byte> next = stackalloc byte[1];
        if (Fill(next) > 0)
        {
            throw new DataException(Name, "the length of the file", "more than its header says", "what its header says", "The file is damaged.");
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _stream.Dispose();
        Array.ForEach(_owned, owned => owned.Dispose());
        base.Dispose(disposing);
    }

    private static FileStream OpenFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw new DataException(path, "it", "a folder", "a file");
        }

        try
        {
            FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
            if (file is { CanSeek: true, Length: > 0 })
            {
                return file;
            }

            bool isFile = file.CanSeek;
            file.Dispose();
            throw isFile ? new DataException(path, "the file", "empty", "a file with at least one record") : new DataException(path, "it", "a pipe or a device", "a file");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException(path, "the file", "not there", "a file that can be read");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new DataException(path, "the file", "unreadable", "a file that can be read", exception.Message);
        }
    }

    private static DataException Damaged(string name, InvalidDataException exception)
    {
        return new DataException(name, "what is packed", "damaged or cut short", "a file as it was written", exception.Message);
    }
}
