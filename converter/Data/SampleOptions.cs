using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Data;

/// <summary>Where samples come from and how they are read.</summary>
/// <param name="Files">
/// The files of inputs, at least one. Files that name no input hold all inputs, one file after another; files that name an input hold that
/// one, and every input has at least one of them.
/// </param>
internal sealed record SampleOptions(IReadOnlyList<SampleFile> Files)
{
    /// <summary>The file of classes, one for each record; null if the files of inputs hold them or there are none.</summary>
    public SampleFile? Labels { get; init; }

    /// <summary>The file of what the network's first output should be for each record; null if there is none.</summary>
    public SampleFile? Targets { get; init; }

    /// <summary>How many records to read at most; files are not read beyond.</summary>
    public int Limit { get; init; } = int.MaxValue;

    /// <summary>What the numbers of an input mean, by the input's name; those that are absent stand for themselves.</summary>
    public IReadOnlyDictionary<string, ValueScale> Scales { get; init; } = new Dictionary<string, ValueScale>(StringComparer.Ordinal);

    /// <summary>What the numbers of all other inputs mean; null if they stand for themselves.</summary>
    public ValueScale? Scale { get; init; }

    /// <summary>The CSV column of the class, by name or by position from 0; null to find it.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>True if CSV files start with names, false if they do not; null to find out.</summary>
    public bool? Header { get; init; }

    /// <summary>How numbers are stored in raw files (.bin) of inputs; null for the input's own type.</summary>
    public DataType? RawType { get; init; }

    /// <summary>How many classes there are; null for as many as the network's first output has elements.</summary>
    public int? Classes { get; init; }

    /// <summary>The names of the classes, in order, for files whose labels are names.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>What the numbers of an input mean; null if nothing was said.</summary>
    public ValueScale? ScaleOf(string input)
    {
        return Scales.GetValueOrDefault(input) ?? Scale;
    }
}
