namespace EdgeQuant.Firmware.Simulation;

/// <summary>Counts decisions and what they cost, and hands on everything but that the loop starts and stops.</summary>
/// <param name="sinks">Get it.</param>
/// <param name="labels">The model's labels.</param>
/// <param name="deadline">From one decision to the next.</param>
internal sealed class DecisionCounter(IReadOnlyList<IDecisionSink> sinks, IReadOnlyList<string> labels, TimeSpan deadline) : IDecisionSink
{
    /// <summary>For each label, and behind them for none.</summary>
    private readonly (int Decisions, int Events)[] _counts = new (int, int)[labels.Count + 1];
    private TimeSpan _latency;

    /// <summary>Bytes that this thread had allocated after the last decision; null: something else was reported since.</summary>
    private long? _allocatedBefore;
    private int _collectionsBefore;

    /// <summary>All decisions.</summary>
    public int Decisions { get; private set; }

    /// <summary>Decisions that took longer than until the next was due.</summary>
    public int Late { get; private set; }

    /// <summary>The longest latency.</summary>
    public TimeSpan LongestLatency { get; private set; }

    /// <summary>The mean of all latencies; 0 without decisions.</summary>
    public TimeSpan MeanLatency => Decisions == 0 ? TimeSpan.Zero : _latency / Decisions;

    /// <summary>
    /// Bytes that were allocated from one decision to the next, where nothing else was reported between (messages are text) and no collection came, which
    /// counts what is left of a thread's buffer as allocated.
    /// </summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>How often each label was decided; "unknown" last.</summary>
    public IReadOnlyList<LabelCount> Counts()
    {
        return [.. _counts.Select((count, i) => new LabelCount(i < labels.Count ? labels[i] : DecisionRecord.UnknownText, count.Decisions, count.Events))];
    }

    /// <inheritdoc/>
    public void Emit(in DecisionRecord decision)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        if (_allocatedBefore is { } before && _collectionsBefore == GC.CollectionCount(0))
        {
            AllocatedBytes += allocated - before;
        }

        ref (int Decisions, int Events) count = ref _counts[decision.Label < 0 ? labels.Count : decision.Label];
        count.Decisions++;
        count.Events += decision.Raised ? 1 : 0;
        Decisions++;
        Late += decision.Latency > deadline ? 1 : 0;
        _latency += decision.Latency;
        LongestLatency = decision.Latency > LongestLatency ? decision.Latency : LongestLatency;
        for (int i = 0; i < sinks.Count; i++)
        {
            sinks[i].Emit(decision);
        }

        _collectionsBefore = GC.CollectionCount(0);
        _allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
    }

    /// <inheritdoc/>
    public void Report(DeviceEvent happening)
    {
        _allocatedBefore = null;
        for (int i = 0; i < sinks.Count && happening.Kind is not (DeviceEventKind.Started or DeviceEventKind.Stopped); i++)
        {
            sinks[i].Report(happening);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        return ValueTask.CompletedTask;
    }
}
