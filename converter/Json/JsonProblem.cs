namespace EdgeQuant.Converter.Json;

/// <summary>One thing that is wrong with a document, or with what it says.</summary>
/// <param name="Place">Where: a JSON path, with the line where it is known.</param>
/// <param name="Found">What was found there.</param>
/// <param name="Allowed">What is allowed there.</param>
/// <param name="Help">What would help: whole sentences; empty if there is nothing to say.</param>
internal sealed record JsonProblem(string Place, string Found, string Allowed, string Help = "")
{
    /// <inheritdoc/>
    public override string ToString()
    {
        return $"{Place}: found {Found}; allowed: {Allowed}.{(Help.Length > 0 ? " " : "")}{Help}";
    }
}
