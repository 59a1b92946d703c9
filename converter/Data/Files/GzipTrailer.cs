using System.Buffers.Binary;

namespace EdgeQuant.Converter.Data.Files;

/// <summary>
/// What a gzip file says at its end of what is packed in it (RFC 1952, section 2.3.1): without it, a file that was cut short would look like a
/// shorter one.
/// </summary>
internal static class GzipTrailer
{
    private const int Length = 8;

    /// <summary>True if a file begins as gzip files do; its position stays at the start.</summary>
    public static bool IsGzip(FileStream file)
    {
        Span<byte> start = stackalloc byte[2];
        bool isGzip = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual<byte>([0x1F, 0x8B]);
        file.Position = 0;
        return isGzip;
    }

    /// <summary>The checksum and the length, modulo 2^32, of what is packed; the file's position stays at the start.</summary>
    public static (uint Checksum, uint Length) Of(FileStream file)
    {
        Span<byte> trailer = stackalloc byte[Length];
        if (file.Length < Length)
        {
            return (0, 0);
        }

        file.Seek(-Length, SeekOrigin.End);
        file.ReadExactly(trailer);
        file.Position = 0;
        return (BinaryPrimitives.ReadUInt32LittleEndian(trailer), BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]));
    }
}
