namespace EdgeQuant.Converter.Quantizing.Calibration;

/// <summary>Something about the samples that a person should know.</summary>
/// <param name="Kind">What may be wrong.</param>
/// <param name="Message">What was found and what would help: whole sentences.</param>
/// <param name="Tensors">The names of the tensors concerned, the worst first; empty if it concerns the samples as a whole.</param>
internal sealed record CalibrationWarning(CalibrationWarningKind Kind, string Message, IReadOnlyList<string> Tensors)
{
    private const int MostNames = 4;
    private const int MostCharacters = 48;

    /// <summary>Names of tensors for a message: the first few.</summary>
    public static string Listed(IReadOnlyList<string> names)
    {
        string more = names.Count > MostNames ? $" and {names.Count - MostNames} more" : "";
        return string.Join(", ", names.Take(MostNames).Select(Shown)) + more;
    }

    /// <summary>A name in quotes, not all of it if it is very long: fused operators bear the names of all that went into them.</summary>
    public static string Shown(string name)
    {
        return name.Length > MostCharacters ? $"'{name[..MostCharacters]}…'" : $"'{name}'";
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        return Message;
    }
}
