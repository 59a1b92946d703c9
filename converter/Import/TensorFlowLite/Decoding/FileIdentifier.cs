using System.Globalization;
using System.Text;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Decoding;

/// <summary>Tells a TensorFlow Lite file from what else people hand over in its place.</summary>
internal static class FileIdentifier
{
    // The root table's offset, then four bytes that identify the schema.
    private const int IdentifierStart = 4;
    private const int IdentifierEnd = 8;

    // Enough to hold the first words of a text file.
    private const int TextSample = 64;

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

        string found = file.Length < IdentifierEnd
            ? $"a file of {file.Length} bytes"
            : Printable(file[IdentifierStart..IdentifierEnd]);
        throw new TfliteFormatException(
            $"file identifier at byte {IdentifierStart}: found {found}; allowed: \"TFL3\".{Guess(file)}");
    }

    private static string Guess(ReadOnlySpan<byte> file) => file switch
    {
        _ when file.StartsWith("PK\x03\x04"u8) => " The file is a ZIP archive: unpack it, or for a .keras file convert the network to TensorFlow Lite.",
        _ when file.StartsWith("\x1F\x8B"u8[..1]) && file.Length > 1 && file[1] == 0x8B => " The file is packed with gzip: unpack it.",
        _ when file.Length > 3 && file[1..].StartsWith("HDF"u8) => " The file is HDF5, as Keras saves networks: convert the network to TensorFlow Lite.",
        _ when file.StartsWith("version https://git-lfs"u8) => " The file is a Git LFS pointer: fetch the real one (git lfs pull).",
        _ when file.Length >= IdentifierEnd && file[IdentifierStart..].StartsWith("TFL"u8) => " The file has another schema version: convert the network again.",
        _ when LooksLikeText(file) => " The file is text: give the model itself, not a listing of its bytes.",
        _ when file[0] == 0x08 => " The file looks like ONNX, or another protobuf file.",
        _ => "",
    };

    private static bool LooksLikeText(ReadOnlySpan<byte> file) =>
        file[..Math.Min(file.Length, TextSample)].IndexOfAnyExceptInRange((byte)'\t', (byte)'~') < 0;

    private static string Printable(ReadOnlySpan<byte> identifier)
    {
        var text = new StringBuilder();
        foreach (byte value in identifier)
        {
            text.Append(text.Length == 0 ? "" : " ").Append(value.ToString("X2", CultureInfo.InvariantCulture));
        }

        return identifier.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0 ? $"\"{Encoding.ASCII.GetString(identifier)}\"" : $"the bytes {text}";
    }
}
