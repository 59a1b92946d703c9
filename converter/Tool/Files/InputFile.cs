using EdgeQuant.Converter.Evaluate.Subjects;
using EdgeQuant.Converter.Import;
using EdgeQuant.Converter.Import.Onnx;
using EdgeQuant.Converter.Import.TensorFlowLite;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Tool.Files;

/// <summary>Reads files that a person named.</summary>
internal static class InputFile
{
    /// <summary>The most that is read of what does not say how long it is.</summary>
    private const int MostUnknown = 256 << 20;

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="ToolException">It cannot be read; the message says why.</exception>
    public static byte[] Read(string path)
    {
        if (Directory.Exists(path))
        {
            throw Unreadable(path, "it is a folder.");
        }

        try
        {
            using FileStream file = File.OpenRead(path);
            return file is { CanSeek: true, Length: > 0 } ? ReadKnown(file) : ReadUnknown(path, file);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Unreadable(path, "it does not exist.");
        }
        catch (UnauthorizedAccessException)
        {
            throw Unreadable(path, "you are not allowed to.");
        }
        catch (Exception exception) when (exception is IOException or OverflowException or ArgumentException or NotSupportedException)
        {
            throw Unreadable(path, exception.Message);
        }
    }

    /// <summary>Reads an <c>.eqm</c> file; a network that still has to be converted is recognized.</summary>
    public static byte[] ReadModel(string path)
    {
        byte[] bytes = Read(path);
        return !SubjectFile.IsPacked(bytes) && NetworkFile.FormatOf(bytes) is string format
            ? throw new ToolException(ExitCode.BadFile, $"{path}: This is {format}, and what runs on the device is a model file. Convert it first: edgequant convert {path} -o MODEL.eqm (a float network needs --data SAMPLES too)")
            : bytes;
    }

    /// <summary>Reads a network to convert; a file that already is converted is recognized.</summary>
    public static byte[] ReadNetwork(string path)
    {
        byte[] bytes = Read(path);
        return SubjectFile.IsPacked(bytes)
            ? throw new ToolException(ExitCode.BadFile, $"{path}: This is an EdgeQuant model already; give the network that it was converted from.")
            : bytes;
    }

    /// <summary>Imports the bytes of a network's file; constants that an ONNX file has in other files are looked for in its folder.</summary>
    /// <exception cref="ToolException">The bytes are malformed.</exception>
    public static ImportedNetwork Import(string path, ReadOnlyMemory<byte> file, ImportOptions options)
    {
        return Parse(path, () => NetworkFile.Import(file, Beside(path, options)));
    }

    /// <summary>What the import of a file is told: also where the file lies.</summary>
    public static ImportOptions Beside(string path, ImportOptions options)
    {
        return options with { Folder = Path.GetDirectoryName(Path.GetFullPath(path)) };
    }

    /// <summary>Reads what a file's bytes mean, and names the file where they mean nothing.</summary>
    /// <exception cref="ToolException">The bytes are malformed.</exception>
    public static T Parse<T>(string path, Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (Exception exception) when (exception is UnknownFormatException or TfliteFormatException or OnnxFormatException or ModelFormatException)
        {
            throw new ToolException(ExitCode.BadFile, $"{path}: {exception.Message}");
        }
    }

    private static byte[] ReadKnown(FileStream file)
    {
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Reads an empty file, or a pipe or a device, which does not say how long it is and may never end.</summary>
    private static byte[] ReadUnknown(string path, FileStream file)
    {
        using MemoryStream bytes = new();
        byte[] buffer = new byte[1 << 16];
        for (int count = file.Read(buffer); count > 0; count = file.Read(buffer))
        {
            bytes.Write(buffer, 0, count);
            if (bytes.Length > MostUnknown)
            {
                throw Unreadable(path, $"it does not say how long it is, and goes on beyond {MostUnknown >> 20} MiB. Give a file.");
            }
        }

        return bytes.ToArray();
    }

    private static ToolException Unreadable(string path, string why)
    {
        return new ToolException(ExitCode.BadFile, $"Cannot read '{path}': {why}");
    }
}
