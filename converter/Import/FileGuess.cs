namespace EdgeQuant.Converter.Import;

/// <summary>Recognizes what else people hand over in place of a network's file.</summary>
internal static class FileGuess
{
    // The tag of ir_version, ONNX's first field.
    private const byte ProtobufStart = 0x08;

    // Enough to hold the first words of a text file.
    private const int TextSample = 64;

    /// <summary>What the file looks like and what to do about it, with a space before; empty if nothing is recognized.</summary>
    public static string Of(ReadOnlySpan<byte> file)
    {
        return file switch
        {
            [(byte)'P', (byte)'K', 3, 4, ..] => " The file is a ZIP archive: unpack it, or if it is a .keras or PyTorch file, convert the network to TensorFlow Lite or ONNX.",
            [0x1F, 0x8B, ..] => " The file is packed with gzip: unpack it.",
            [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => " The file is HDF5, as Keras saves networks: convert the network to TensorFlow Lite or ONNX.",
            [_, _, _, _, (byte)'T', (byte)'F', (byte)'L', ..] => " The file has another schema version: convert the network again.",
            _ when file.StartsWith("version https://git-lfs"u8) => " The file is a Git LFS pointer: fetch the real one (git lfs pull).",
            _ when !file.IsEmpty && LooksLikeText(file) => " The file is text: give the model itself, not a listing of its bytes.",
            [ProtobufStart, ..] => " The file looks like ONNX, or another protobuf file.",
            _ => "",
        };
    }

    private static bool LooksLikeText(ReadOnlySpan<byte> file)
    {
        return file[..Math.Min(file.Length, TextSample)].IndexOfAnyExceptInRange((byte)'\t', (byte)'~') < 0;
    }
}
