namespace EdgeQuant.Converter.Quantizing.Calibration;

/// <summary>Something about the samples that a person should know.</summary>
/// <param name="Kind">What may be wrong.</param>
/// <param name="Message">What was found and what would help: whole sentences.</param>
/// <param name="Tensors">The names of the tensors concerned, the worst first; empty if it concerns the samples as a whole.</param>
internal sealed record CalibrationWarning(CalibrationWarningKind Kind, string Message, IReadOnlyList<string> Tensors)
{
    private const int MostNames = 4;

    /// <summary>Names of tensors for a message: the first few.</summary>
    public static string Listed(IReadOnlyList<string> names)
    {
        string more = names.Count > MostNames ? $" and {names.Count - MostNames} more" : "";
        return string.Join(", ", names.Take(MostNames).Select(name => $"'{name}'")) + more;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        return Message;
    }
}
