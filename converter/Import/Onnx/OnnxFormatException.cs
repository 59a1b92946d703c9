namespace EdgeQuant.Converter.Import.Onnx;

/// <summary>
/// The one exception that reading an ONNX file throws when the file is damaged, cut short or no ONNX file at all. The message names the place
/// (for example <c>graph.node[3].attribute[0] at byte 1234</c>), what was found there and what is allowed.
/// </summary>
public sealed class OnnxFormatException : Exception
{
    /// <summary>Makes the exception with its message.</summary>
    /// <param name="message">The place, what was found and what is allowed.</param>
    public OnnxFormatException(string message)
        : base(message)
    {
    }
}
