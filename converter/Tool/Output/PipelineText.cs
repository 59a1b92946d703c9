using System.Globalization;
using EdgeQuant.Converter.Report;

namespace EdgeQuant.Tool.Output;

/// <summary>From samples to labels, as text.</summary>
internal static class PipelineText
{
    /// <summary>Adds what a person wants to know of a pipeline.</summary>
    public static void Add(Facts facts, PipelineReport pipeline)
    {
        string channels = string.Join(", ", pipeline.Channels.GroupBy(channel => channel).Select(group => $"{group.Count()} x {Number(group.Key.PerCount)} {group.Key.Unit}"));
        facts.Add("signal", $"{Number(pipeline.SampleRate)} Hz; a count of each channel: {channels}");
        string features = pipeline.FrontEnd is ModelReport frontEnd ? $"by a network of {frontEnd.Operators.Count} operators, {Units.Bytes(frontEnd.ArenaBytes)} of arena" : "the samples themselves";
        facts.Add("frames", $"{pipeline.Frames} of {pipeline.FrameSamples} samples, {pipeline.HopSamples} apart; {pipeline.FrameFeatures} features each, {features}{(pipeline.Rescaled ? ", rescaled" : "")}");
        facts.Add("decision", $"every {pipeline.SamplesPerDecision} samples; averages of {pipeline.Average}, {pipeline.VotesNeeded} of {pipeline.Votes} votes, {pipeline.Suppression} without an event behind one");
        facts.Add("labels", string.Join(", ", pipeline.Labels.Select(Label)));
    }

    private static string Label(LabelReport label)
    {
        string release = label.Release == label.Threshold ? "" : $" down to {Number(label.Release)}";
        return $"{Printable.Of(label.Text)} from {Number(label.Threshold)}{release}{(label.Quiet ? " (quiet)" : "")}";
    }

    private static string Number(double value)
    {
        return value.ToString("G4", CultureInfo.InvariantCulture);
    }
}
