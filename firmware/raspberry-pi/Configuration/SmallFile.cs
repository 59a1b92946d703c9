namespace EdgeQuant.Device.Configuration;

/// <summary>Reads what people write into files. That is never much, and a file that never ends is not read to its end.</summary>
internal static class SmallFile
{
    private const int LargestBytes = 1024 * 1024;
    private const UnixFileMode TooOpen = UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">It cannot be read, or is too large.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] Read(string path)
    {
        using FileStream file = Open(path);
        return Read(file);
    }

    /// <summary>Reads a file that holds a secret, which only its user may write and only its user and group may read.</summary>
    /// <exception cref="IOException">It cannot be read, is too large, or others may read or change it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] ReadSecret(string path)
    {
        using FileStream file = Open(path);
        UnixFileMode mode = OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(file.SafeFileHandle);
        return (mode & TooOpen) == UnixFileMode.None
            ? Read(file)
            : throw new IOException($"Others may read or change it (mode {Convert.ToString((int)mode, toBase: 8)}). Close it to them: chmod 640 {path}");
    }

    private static FileStream Open(string path)
    {
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    }

    private static byte[] Read(FileStream file)
    {
        byte[] bytes = new byte[LargestBytes + 1];
        int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length <= LargestBytes ? bytes[..length] : throw new IOException($"It has more than {LargestBytes} bytes, the most that are read of it.");
    }
}
