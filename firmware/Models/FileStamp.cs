using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace EdgeQuant.Firmware.Models;

/// <summary>What shows that a file has changed without reading all of it.</summary>
/// <param name="Length">Its length in bytes; -1: there is no such file.</param>
/// <param name="Written">When it was written last.</param>
/// <param name="Head">Its first 16 bytes, which in a model's file hold the checksum of all others; 0 where it is shorter.</param>
internal readonly record struct FileStamp(long Length, DateTime Written, UInt128 Head)
{
    private const int HeadBytes = 16;

    /// <summary>Whether there is such a file.</summary>
    public bool Exists => Length >= 0;

    /// <summary>
    /// Of the file that a path leads to now. Where a symbolic link on the way was switched to another file of the same length and time, the head tells them
    /// apart.
    /// </summary>
    public static FileStamp Of(string path)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            Span<byte> head = stackalloc byte[HeadBytes];
            UInt128 start = RandomAccess.Read(file, head, fileOffset: 0) == HeadBytes ? BinaryPrimitives.ReadUInt128LittleEndian(head) : 0;
            return new FileStamp(RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file), start);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new FileStamp(-1, default, 0);
        }
    }
}
