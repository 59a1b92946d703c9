using System.Text;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Decoding;

/// <summary>Tells a TensorFlow Lite file from what else people hand over in its place.</summary>
internal static class FileIdentifier
{
    // The root table's offset, then four bytes that identify the schema.
    private const int IdentifierStart = 4;
    private const int IdentifierEnd = 8;

    // Protobuf's tag of ir_version, ONNX's first field.
    private const byte OnnxStart = 0x08;

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

        string found = file.Length < IdentifierEnd ? $"the end of the file at byte {file.Length}" : Show(file[IdentifierStart..IdentifierEnd]);
        throw new TfliteFormatException($"file identifier at byte {IdentifierStart}: found {found}; allowed: \"TFL3\".{Guess(file)}");
    }

    private static string Guess(ReadOnlySpan<byte> file) => file switch
    {
        [(byte)'P', (byte)'K', 3, 4, ..] => " The file is a ZIP archive: unpack it, or if it is a .keras file, convert the network to TensorFlow Lite.",
        [0x1F, 0x8B, ..] => " The file is packed with gzip: unpack it.",
        [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => " The file is HDF5, as Keras saves networks: convert the network to TensorFlow Lite.",
        [_, _, _, _, (byte)'T', (byte)'F', (byte)'L', ..] => " The file has another schema version: convert the network again.",
        _ when file.StartsWith("version https://git-lfs"u8) => " The file is a Git LFS pointer: fetch the real one (git lfs pull).",
        _ when LooksLikeText(file) => " The file is text: give the model itself, not a listing of its bytes.",
        [OnnxStart, ..] => " The file looks like ONNX, or another protobuf file.",
        _ => "",
    };

    private static bool LooksLikeText(ReadOnlySpan<byte> file) =>
        file[..Math.Min(file.Length, TextSample)].IndexOfAnyExceptInRange((byte)'\t', (byte)'~') < 0;

    private static string Show(ReadOnlySpan<byte> identifier) =>
        identifier.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0
            ? $"\"{Encoding.ASCII.GetString(identifier)}\""
            : $"the bytes {Convert.ToHexString(identifier)}";
}
