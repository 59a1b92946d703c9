namespace EdgeQuant.Firmware.Models;

/// <summary>What shows that a file has changed without reading it.</summary>
/// <param name="Length">Its length in bytes; -1: there is no such file.</param>
/// <param name="Written">When it was written last.</param>
internal readonly record struct FileStamp(long Length, DateTime Written)
{
    /// <summary>Whether there is such a file.</summary>
    public bool Exists => Length >= 0;

    /// <summary>Of the file that a path leads to, through symbolic links.</summary>
    public static FileStamp Of(string path)
    {
        try
        {
            FileInfo file = new(path);
            if (file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
            {
                file = target;
            }

            return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc) : new FileStamp(-1, default);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new FileStamp(-1, default);
        }
    }
}
