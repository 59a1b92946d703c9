using EdgeQuant.Converter.Json;
using EdgeQuant.Converter.Signal;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Decisions;

/// <summary>Reads decisions from JSON (<c>converter/Decisions/README.md</c>); nothing in it is believed unchecked.</summary>
internal static class DecisionReader
{
    private const string ScoreRange = "0 to 1";

    /// <summary>Reads a decision.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="source">Where it came from, for messages.</param>
    /// <exception cref="SignalException">It is no decision: everything that is wrong with it.</exception>
    public static DecisionRule Read(ReadOnlySpan<byte> json, string source)
    {
        List<JsonProblem> problems = [];
        JsonPart? document = JsonPartReader.Read(json, problems);
        DecisionRule rule = document is null ? DecisionRule.Default : Read(document, problems);
        return problems.Count == 0 ? rule : throw new SignalException(source, problems);
    }

    private static DecisionRule Read(JsonPart document, List<JsonProblem> problems)
    {
        ObjectReader reader = new(document, problems);
        _ = reader.Text("$schema");
        double threshold = reader.Number("threshold", IsScore, ScoreRange) ?? 0;
        int votes = reader.Whole("votes", 1, ModelLayout.MaximumDecisionWindow) ?? 1;
        DecisionRule rule = new()
        {
            Output = reader.Whole("output", 0) ?? 0,
            Labels = reader.Texts("labels"),
            Threshold = threshold,
            Release = reader.Number("release", release => release >= 0 && release <= threshold, "0 to the threshold"),
            Average = reader.Whole("average", 1, ModelLayout.MaximumDecisionWindow) ?? 1,
            Votes = votes,
            VotesNeeded = reader.Whole("votesNeeded", (votes / 2) + 1, votes),
            SuppressionMilliseconds = reader.Whole("suppressionMilliseconds", 0) ?? 0,
            Quiet = reader.Texts("quiet") ?? [],
            Thresholds = Thresholds(reader),
        };
        reader.End();
        return rule;
    }

    private static Dictionary<string, double> Thresholds(ObjectReader reader)
    {
        Dictionary<string, double> thresholds = new(StringComparer.Ordinal);
        ObjectReader own = reader.Object("thresholds");
        foreach ((string label, JsonPart _) in reader.Part("thresholds")?.Members ?? [])
        {
            thresholds[label] = own.Number(label, IsScore, ScoreRange) ?? 0;
        }

        return thresholds;
    }

    private static bool IsScore(double value)
    {
        return value is >= 0 and <= 1;
    }
}
