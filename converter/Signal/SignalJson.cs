using System.Text.Json;
using EdgeQuant.Converter.Decisions;

namespace EdgeQuant.Converter.Signal;

/// <summary>Reads front ends and decisions from JSON; nothing in it is believed unchecked.</summary>
internal static class SignalJson
{
    /// <exception cref="SignalException">It is no front end: the first thing that is wrong with it.</exception>
    public static FrontEnd ReadFrontEnd(ReadOnlySpan<byte> json, string source)
    {
        FrontEnd frontEnd;
        try
        {
            frontEnd = JsonSerializer.Deserialize(json, SignalContext.Default.FrontEnd) ?? throw new JsonException("It is null.");
        }
        catch (JsonException error)
        {
            throw new SignalException(source, $"This is no front end. {error.Message}");
        }

        Require(source, "sampleRate", frontEnd.SampleRate, frontEnd.SampleRate is >= 0.001 and <= int.MaxValue / 1000, "0.001 to 2147483 (hertz)");
        Require(source, "number of channels", frontEnd.Channels.Count, frontEnd.Channels.Count is >= 1 and <= Runtime.Model.ModelLayout.MaximumSignalChannels, "1 to 64");
        foreach (FrontEndChannel channel in frontEnd.Channels)
        {
            Require(source, "perCount", channel.PerCount, channel.PerCount > 0 && float.IsNormal((float)channel.PerCount), "above 0 (units of the channel)");
        }

        Require(source, "hopSamples", frontEnd.HopSamples ?? 1, frontEnd.HopSamples is null or >= 1, "1 and above");
        Require(source, "stride", frontEnd.Stride ?? 1, frontEnd.Stride is null or >= 1, "1 and above");
        if (frontEnd.Kind == FrontEndKind.Network == frontEnd.File is null || (frontEnd.Kind == FrontEndKind.Raw && frontEnd.HopSamples is not null))
        {
            throw new SignalException(source, "The kind \"network\" needs \"file\", and may have \"hopSamples\"; the kind \"raw\" has neither.");
        }

        return frontEnd;
    }

    /// <exception cref="SignalException">It is no decision: the first thing that is wrong with it.</exception>
    public static DecisionRule ReadDecision(ReadOnlySpan<byte> json, string source)
    {
        DecisionRule rule;
        try
        {
            rule = JsonSerializer.Deserialize(json, SignalContext.Default.DecisionRule) ?? throw new JsonException("It is null.");
        }
        catch (JsonException error)
        {
            throw new SignalException(source, $"This is no decision. {error.Message}");
        }

        int most = Runtime.Model.ModelLayout.MaximumDecisionWindow;
        Require(source, "threshold", rule.Threshold, rule.Threshold is >= 0 and <= 1, "0 to 1");
        Require(source, "release", rule.Release ?? 0, rule.Release is null or >= 0 && (rule.Release ?? 0) <= rule.Threshold, "0 to the threshold");
        Require(source, "average", rule.Average, rule.Average >= 1 && rule.Average <= most, $"1 to {most} (inferences)");
        Require(source, "votes", rule.Votes, rule.Votes >= 1 && rule.Votes <= most, $"1 to {most} (inferences)");
        Require(source, "votesNeeded", rule.VotesNeeded ?? rule.Votes, rule.VotesNeeded is null || (rule.VotesNeeded > rule.Votes / 2 && rule.VotesNeeded <= rule.Votes), "more than half of the votes, to all");
        Require(source, "suppressionMilliseconds", rule.SuppressionMilliseconds, rule.SuppressionMilliseconds >= 0, "0 and above");
        foreach ((string label, double threshold) in rule.Thresholds)
        {
            Require(source, $"threshold of '{label}'", threshold, threshold is >= 0 and <= 1, "0 to 1");
        }

        return rule;
    }

    private static void Require(string source, string field, double found, bool holds, string allowed)
    {
        if (!holds)
        {
            throw new SignalException(source, FormattableString.Invariant($"The {field} is {found}; allowed is {allowed}."));
        }
    }
}
