namespace EdgeQuant.Converter.Decisions;

/// <summary>How scores become a label, as its file describes it (<c>converter/Decisions/README.md</c>).</summary>
internal sealed record DecisionRule
{
    /// <summary>The best label after each inference, whatever its score: what a file gets that is told nothing else.</summary>
    public static DecisionRule Default { get; } = new();

    /// <summary>Which of the network's outputs holds the scores.</summary>
    public int Output { get; init; }

    /// <summary>The averaged score (0 to 1) that a label needs; below it the label is unknown.</summary>
    public double Threshold { get; init; }

    /// <summary>The score down to which a label that holds goes on holding (hysteresis). Absent: its threshold.</summary>
    public double? Release { get; init; }

    /// <summary>Scores of so many inferences are averaged.</summary>
    public int Average { get; init; } = 1;

    /// <summary>The last so many inferences vote (m of n of m).</summary>
    public int Votes { get; init; } = 1;

    /// <summary>So many votes a label needs (n of n of m). Absent: all.</summary>
    public int? VotesNeeded { get; init; }

    /// <summary>After an event no other is raised for so long.</summary>
    public int SuppressionMilliseconds { get; init; }

    /// <summary>The labels, one for each element of the output. Absent: a labels file gives them, or they are numbers.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Labels that are no event: silence, background.</summary>
    public IReadOnlyList<string> Quiet { get; init; } = [];

    /// <summary>Thresholds of single labels.</summary>
    public IReadOnlyDictionary<string, double> Thresholds { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);
}
