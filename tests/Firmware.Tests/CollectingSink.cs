namespace EdgeQuant.Firmware.Tests;

/// <summary>Keeps what it is told, in one order.</summary>
/// <param name="decided">Called with each decision.</param>
internal sealed class CollectingSink(Action<DecisionRecord>? decided = null) : IDecisionSink
{
    public List<DecisionRecord> Decisions { get; } = [];

    public List<DeviceEvent> Events { get; } = [];

    public void Emit(in DecisionRecord decision)
    {
        Decisions.Add(decision);
        decided?.Invoke(decision);
    }

    public void Report(DeviceEvent happening)
    {
        Events.Add(happening);
    }

    public ValueTask DisposeAsync()
    {
        return ValueTask.CompletedTask;
    }
}
