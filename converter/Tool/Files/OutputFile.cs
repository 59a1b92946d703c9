namespace EdgeQuant.Tool.Files;

/// <summary>Writes files so that an existing one is either replaced as a whole or left as it was.</summary>
internal static class OutputFile
{
    /// <summary>Finds out before long work whether a file can be there: a folder that is missing should not be noticed at its end.</summary>
    /// <exception cref="ToolException">It cannot; the message says why.</exception>
    public static void RequirePlace(string path)
    {
        if (Directory.Exists(path))
        {
            throw Unwritable(path, "it is a folder; name a file in it.");
        }

        try
        {
            if (!Directory.Exists(Path.GetDirectoryName(Target(path))))
            {
                throw Unwritable(path, "its folder does not exist.");
            }
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            throw Unwritable(path, exception);
        }
    }

    /// <summary>Writes one file.</summary>
    /// <exception cref="ToolException">It cannot be written; the message says why.</exception>
    public static void Write(string path, byte[] bytes)
    {
        Write([(path, bytes)]);
    }

    /// <summary>Writes files that belong together: all beside their targets under temporary names, and only then are they renamed.</summary>
    /// <exception cref="ToolException">One cannot be written, and so none is; the message says why.</exception>
    public static void Write(IReadOnlyList<(string Path, byte[] Bytes)> files)
    {
        List<(string Path, string Temporary, string Target)> written = [];
        try
        {
            foreach ((string path, byte[] bytes) in files)
            {
                RequirePlace(path);
                Attempt(path, () => Stage(path, bytes, written));
            }

            foreach ((string path, string temporary, string target) in written)
            {
                Attempt(path, () => File.Move(temporary, target, overwrite: true));
            }
        }
        catch (ToolException)
        {
            written.ForEach(file => Delete(file.Temporary));
            throw;
        }
    }

    private static void Stage(string path, byte[] bytes, List<(string Path, string Temporary, string Target)> written)
    {
        string target = Target(path);
        if (IsDevice(target))
        {
            File.WriteAllBytes(target, bytes);
            return;
        }

        string temporary = $"{target}.{Path.GetRandomFileName()}.tmp";
        written.Add((path, temporary, target));
        using FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }

    private static void Attempt(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            throw Unwritable(path, exception);
        }
    }

    /// <summary>Makes sure that a folder exists.</summary>
    /// <exception cref="ToolException">It cannot be made; the message says why.</exception>
    public static void CreateFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            throw Unwritable(path, exception);
        }
    }

    /// <summary>The file behind a symbolic link: the link itself stays.</summary>
    private static string Target(string path)
    {
        string full = Path.GetFullPath(path);
        return new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
    }

    /// <summary>A device takes the bytes as they come; renaming a file over it would take it away from everyone.</summary>
    private static bool IsDevice(string path)
    {
        return path.StartsWith("/dev/", StringComparison.Ordinal);
    }

    private static void Delete(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report.
        }
    }

    private static bool IsExpected(Exception exception)
    {
        return exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;
    }

    private static ToolException Unwritable(string path, Exception exception)
    {
        return Unwritable(path, exception switch
        {
            DirectoryNotFoundException => "its folder does not exist.",
            UnauthorizedAccessException => "you are not allowed to.",
            _ => exception.Message,
        });
    }

    private static ToolException Unwritable(string path, string why)
    {
        return new ToolException(ExitCode.BadFile, $"Cannot write '{path}': {why}");
    }
}
