using EdgeQuant.Converter.Signal;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Deciding;
using EdgeQuant.Runtime.Model;
using EdgeQuant.Runtime.Signal;

namespace EdgeQuant.Converter.Report;

/// <summary>How a file makes labels of samples.</summary>
/// <param name="SampleRate">Samples a second, in hertz.</param>
/// <param name="Channels">What each channel measures, and what a count of it is.</param>
/// <param name="FrameSamples">Samples of a frame.</param>
/// <param name="HopSamples">Samples from a frame to the next.</param>
/// <param name="FrameFeatures">Features of a frame.</param>
/// <param name="Frames">Frames of the network's input.</param>
/// <param name="SamplesPerDecision">Samples from an inference to the next.</param>
/// <param name="FrontEnd">The network that makes features; null if samples are features.</param>
/// <param name="Rescaled">True if features become inputs by a multiplier.</param>
/// <param name="Labels">The labels.</param>
/// <param name="Average">Inferences whose scores are averaged.</param>
/// <param name="Votes">Votes that are counted.</param>
/// <param name="VotesNeeded">Votes that a label needs.</param>
/// <param name="Suppression">Inferences behind an event without another.</param>
internal sealed record PipelineReport(
    double SampleRate,
    IReadOnlyList<ChannelReport> Channels,
    int FrameSamples,
    int HopSamples,
    int FrameFeatures,
    int Frames,
    int SamplesPerDecision,
    ModelReport? FrontEnd,
    bool Rescaled,
    IReadOnlyList<LabelReport> Labels,
    int Average,
    int Votes,
    int VotesNeeded,
    int Suppression)
{
    /// <summary>Reports a file's pipeline; null if it is a network alone.</summary>
    /// <exception cref="ModelFormatException">The runtime refuses it.</exception>
    public static PipelineReport? Of(byte[] bytes)
    {
        ModelFile file = new(bytes);
        if (!file.Has(SectionKind.Signal))
        {
            return null;
        }

        Pipeline pipeline = Pipeline.Load(bytes);
        SignalSettings signal = new(file);
        DecisionSettings decision = new(file);
        return new PipelineReport(
            signal.SampleRate / 1000.0,
            [.. Enumerable.Range(0, signal.Channels).Select(i => new ChannelReport(UnitWords.Of((SignalUnit)signal.Unit(i)), BitConverter.Int32BitsToSingle(signal.ScaleBits(i))))],
            signal.FrameSamples,
            signal.HopSamples,
            signal.FrameFeatures,
            signal.Frames,
            pipeline.SamplesPerDecision,
            signal.NetworkLength == 0 ? null : ModelInspector.Inspect(bytes.AsSpan(file.OffsetOf(SectionKind.Signal) + signal.NetworkOffset, signal.NetworkLength).ToArray()),
            signal.IsRescaled,
            [.. Enumerable.Range(0, decision.LabelCount).Select(i => new LabelReport(decision.Text(i), Score(decision.Threshold(i)), Score(decision.Release(i)), decision.IsQuiet(i)))],
            decision.Average,
            decision.Votes,
            decision.VotesNeeded,
            decision.Suppression);
    }

    private static double Score(int value)
    {
        return value / (double)ModelLayout.FullScore;
    }
}
