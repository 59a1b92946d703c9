namespace EdgeQuant.Converter.Import.TensorFlowLite;

/// <summary>
/// The one exception that reading a TensorFlow Lite file throws when the file is damaged, cut short or no TensorFlow Lite file at all. The
/// message names the place (for example <c>subgraphs[0].tensors[3].shape at byte 1234</c>), what was found there and what is allowed.
/// </summary>
public sealed class TfliteFormatException : Exception
{
    /// <summary>Makes the exception with its message.</summary>
    /// <param name="message">The place, what was found and what is allowed.</param>
    public TfliteFormatException(string message)
        : base(message)
    {
    }
}
