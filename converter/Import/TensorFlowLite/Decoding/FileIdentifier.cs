using System.Text;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Decoding;

/// <summary>Tells a TensorFlow Lite file from what else people hand over in its place.</summary>
internal static class FileIdentifier
{
    // The root table's offset, then four bytes that identify the schema.
    private const int IdentifierStart = 4;
    private const int IdentifierEnd = 8;

    /// <summary>True if a file has the identifier, in whatever version.</summary>
    public static bool IsThere(ReadOnlySpan<byte> file)
    {
        return file.Length >= IdentifierEnd && file[IdentifierStart..].StartsWith("TFL"u8);
    }

    /// <summary>Refuses a file without the schema's identifier, saying what the file looks like.</summary>
    /// <exception cref="TfliteFormatException">The file is no TensorFlow Lite file.</exception>
    public static void Check(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty)
        {
            throw new TfliteFormatException("The file is empty; allowed: a TensorFlow Lite file.");
        }

        if (file.Length >= IdentifierEnd && file[IdentifierStart..IdentifierEnd].SequenceEqual("TFL3"u8))
        {
            return;
        }

        string found = file.Length < IdentifierEnd ? $"the end of the file at byte {file.Length}" : Show(file[IdentifierStart..IdentifierEnd]);
        throw new TfliteFormatException($"file identifier at byte {IdentifierStart}: found {found}; allowed: \"TFL3\".{FileGuess.Of(file)}");
    }

    private static string Show(ReadOnlySpan<byte> identifier) =>
        identifier.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0
            ? $"\"{Encoding.ASCII.GetString(identifier)}\""
            : $"the bytes {Convert.ToHexString(identifier)}";
}
