namespace EdgeQuant.Tool.Files;

/// <summary>Writes files so that an existing one is either replaced as a whole or left as it was.</summary>
internal static class OutputFile
{
    /// <summary>Writes beside the target under a temporary name, then renames.</summary>
    /// <exception cref="ToolException">It cannot be written; the message says why.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        if (Directory.Exists(path))
        {
            throw Unwritable(path, "it is a folder; name a file in it.");
        }

        string? temporary = null;
        try
        {
            string target = Target(path);
            if (IsDevice(target))
            {
                File.WriteAllBytes(target, bytes);
                return;
            }

            temporary = $"{target}.{Path.GetRandomFileName()}.tmp";
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            Delete(temporary);
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

    private static void Delete(string? temporary)
    {
        try
        {
            if (temporary is not null)
            {
                File.Delete(temporary);
            }
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
