using System.Globalization;
using EdgeQuant.Converter.Import.Onnx.Protocol;
using Google.Protobuf;

namespace EdgeQuant.Converter.Import.Onnx.Reading;

/// <summary>
/// Constants whose elements stand in files beside the model's: ONNX's external data, a location with an offset and a length in bytes. A
/// location is a path inside of the model's folder; nothing else is read, and no links are followed.
/// </summary>
/// <param name="folder">The model's folder.</param>
internal sealed class ExternalData(string folder)
{
    /// <summary>The most bytes that are read for all constants together: 1 GiB. A small model may name the same large file many times.</summary>
    public const long MostBytes = 1L << 30;

    private long _read;

    /// <summary>Puts the elements that a tensor has elsewhere into it; one that has none elsewhere stays.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="place">Where it stands in the model, for messages.</param>
    /// <exception cref="OnnxFormatException">There is no such file in the folder, or no such part of the file.</exception>
    public void Load(TensorProto tensor, string place)
    {
        if (tensor.DataLocation != TensorProto.Types.DataLocation.External)
        {
            return;
        }

        string location = EntryOf(tensor, "location") ?? "";
        FileInfo file = FileAt(location, place);
        long offset = NumberOf(tensor, "offset", place) ?? 0;
        long length = NumberOf(tensor, "length", place) ?? Math.Max(file.Length - offset, 0);
        if (offset > file.Length || length > file.Length - offset)
        {
            throw new OnnxFormatException($"{place}: found {length} bytes from byte {offset} on of '{Shapes.Short(location)}'; the file has {file.Length}.");
        }

        _read += length;
        if (_read > MostBytes)
        {
            throw new OnnxFormatException($"{place}: found constants with more than {MostBytes} bytes in files of their own; allowed are {MostBytes}.");
        }

        tensor.RawData = UnsafeByteOperations.UnsafeWrap(Read(file, offset, (int)length, place));
        tensor.DataLocation = TensorProto.Types.DataLocation.Default;
        tensor.ExternalData.Clear();
    }

    private FileInfo FileAt(string location, string place)
    {
        string[] steps = location.Split('/', '\\');
        if (Path.IsPathRooted(location) || Array.Exists(steps, step => step is "" or "..") || location.Contains('\0', StringComparison.Ordinal))
        {
            throw new OnnxFormatException($"{place}: found its elements in '{Shapes.Short(location)}'; allowed is a file in the model's folder.");
        }

        string path = folder;
        foreach (string step in steps)
        {
            path = Path.Combine(path, step);
            if (new FileInfo(path).LinkTarget is not null)
            {
                throw new OnnxFormatException($"{place}: found its elements in '{Shapes.Short(location)}', which is a link; put the file itself into the model's folder.");
            }
        }

        FileInfo file = new(path);
        return file.Exists
            ? file
            : throw new OnnxFormatException($"{place}: found its elements in '{Shapes.Short(location)}', and no such file in the model's folder. Put it there, or export the network as one file.");
    }

    private static byte[] Read(FileInfo file, long offset, int length, string place)
    {
        byte[] bytes = new byte[length];
        if (length == 0)
        {
            return bytes;
        }

        try
        {
            using FileStream stream = file.OpenRead();
            stream.Position = offset;
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OnnxFormatException($"{place}: its elements are in '{file.Name}', which cannot be read: {exception.Message}");
        }
    }

    private static long? NumberOf(TensorProto tensor, string key, string place)
    {
        return EntryOf(tensor, key) is not string text
            ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                ? number
                : throw new OnnxFormatException($"{place}: found the {key} '{Shapes.Short(text)}'; it is a number of bytes, 0 or more.");
    }

    private static string? EntryOf(TensorProto tensor, string key)
    {
        return tensor.ExternalData.FirstOrDefault(entry => entry.Key == key)?.Value;
    }
}
