using EdgeQuant.Runtime;

namespace EdgeQuant.Firmware.Simulation;

/// <summary>Counts decisions, and hands everything on.</summary>
internal sealed class DecisionCounter(IDecisionSink sink, Pipeline pipeline, TimeSpan deadline) : IDecisionSink
{
    /// <summary>For each label, and behind them for none.</summary>
    private readonly (int Decisions, int Events)[] _counts = new (int, int)[pipeline.LabelCount + 1];
    private TimeSpan _latency;

    /// <summary>All decisions.</summary>
    public int Decisions { get; private set; }

    /// <summary>Decisions that took longer than until the next was due.</summary>
    public int Late { get; private set; }

    /// <summary>The longest latency.</summary>
    public TimeSpan LongestLatency { get; private set; }

    /// <summary>The mean of all latencies; 0 without decisions.</summary>
    public TimeSpan MeanLatency => Decisions == 0 ? TimeSpan.Zero : _latency / Decisions;

    /// <summary>How often each label was decided; "unknown" last.</summary>
    public IReadOnlyList<LabelCount> Labels()
    {
        return [.. _counts.Select((count, i) => new LabelCount(i < pipeline.LabelCount ? pipeline.Label(i) : DecisionRecord.UnknownText, count.Decisions, count.Events))];
    }

    /// <inheritdoc/>
    public void Emit(in DecisionRecord decision)
    {
        ref (int Decisions, int Events) count = ref _counts[decision.Label < 0 ? pipeline.LabelCount : decision.Label];
        count.Decisions++;
        count.Events += decision.Raised ? 1 : 0;
        Decisions++;
        Late += decision.Latency > deadline ? 1 : 0;
        _latency += decision.Latency;
        LongestLatency = decision.Latency > LongestLatency ? decision.Latency : LongestLatency;
        sink.Emit(decision);
    }

    /// <inheritdoc/>
    public void Report(DeviceEvent happening)
    {
        sink.Report(happening);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        return sink.DisposeAsync();
    }
}
