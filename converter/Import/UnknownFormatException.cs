namespace EdgeQuant.Converter.Import;

/// <summary>A file is of no format that networks are read from. The message says what was found and what is allowed.</summary>
public sealed class UnknownFormatException : Exception
{
    private UnknownFormatException(string message)
        : base(message)
    {
    }

    /// <summary>The exception for a file that has been looked at.</summary>
    internal static UnknownFormatException Of(ReadOnlySpan<byte> file)
    {
        const int Shown = 8;
        string found = file.IsEmpty ? "an empty file" : $"a file that starts with the bytes {Convert.ToHexString(file[..Math.Min(file.Length, Shown)])}";
        return new UnknownFormatException($"Found {found}; allowed: a TensorFlow Lite file (\"TFL3\" at byte 4) or an ONNX file.{FileGuess.Of(file)}");
    }
}
