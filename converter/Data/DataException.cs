namespace EdgeQuant.Converter.Data;

/// <summary>
/// The one exception for samples, labels and targets that cannot be used: damaged or cut short, of another shape or number than the network
/// takes, not finite, out of range.
/// </summary>
/// <param name="file">Which file.</param>
/// <param name="place">What in it, so that "PLACE is FOUND" can be read.</param>
/// <param name="found">What was found there.</param>
/// <param name="allowed">What is allowed there.</param>
/// <param name="help">What would help: whole sentences; empty if there is nothing to say.</param>
internal sealed class DataException(string file, string place, string found, string allowed, string help = "")
    : Exception($"{file}: {place} is {found}; allowed: {allowed}.{(help.Length > 0 ? " " : "")}{help}")
{
    /// <summary>Which file.</summary>
    public string File { get; } = file;

    /// <summary>What in the file: a field of its header, a record, an element.</summary>
    public string Place { get; } = place;

    /// <summary>What was found there.</summary>
    public string Found { get; } = found;

    /// <summary>What is allowed there.</summary>
    public string Allowed { get; } = allowed;

    /// <summary>What would help; empty if there is nothing to say.</summary>
    public string Help { get; } = help;
}
