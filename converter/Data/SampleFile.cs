namespace EdgeQuant.Converter.Data;

/// <summary>One file that samples, labels or targets come from.</summary>
/// <param name="Path">Where it is.</param>
internal sealed record SampleFile(string Path)
{
    private const string ClassPrefix = "class:";

    /// <summary>The name of the input that it is for; null if it holds all inputs.</summary>
    public string? Input { get; init; }

    /// <summary>The class of all its records; null if it does not say.</summary>
    public int? Class { get; init; }

    /// <summary>The array in it that is meant, where it holds several (.npz); null to find it by its name.</summary>
    public string? Array { get; init; }

    /// <summary>
    /// Reads what a person writes: <c>PATH</c>, <c>INPUT=PATH</c> for one input of several, <c>class:N=PATH</c> for records of one class,
    /// <c>FILE.npz#ARRAY</c> for one array of several.
    /// </summary>
    /// <param name="text">What the person wrote.</param>
    /// <param name="inputs">The inputs of the network; what is no name of one of them is part of a path.</param>
    public static SampleFile Parse(string text, IReadOnlyList<SampleInput> inputs)
    {
        foreach (SampleInput input in inputs)
        {
            if (text.StartsWith(input.Name + "=", StringComparison.Ordinal))
            {
                return OfPath(text[(input.Name.Length + 1)..]) with { Input = input.Name };
            }
        }

        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && text.StartsWith(ClassPrefix, StringComparison.Ordinal) && int.TryParse(text[ClassPrefix.Length..equals], out int label)
            ? OfPath(text[(equals + 1)..]) with { Class = label }
            : OfPath(text);
    }

    private static SampleFile OfPath(string text)
    {
        int mark = text.LastIndexOf('#');
        return mark > 0 && text[..mark].EndsWith(".npz", StringComparison.OrdinalIgnoreCase)
            ? new SampleFile(text[..mark]) { Array = text[(mark + 1)..] }
            : new SampleFile(text);
    }
}
