namespace EdgeQuant.Firmware.Sinks;

/// <summary>What waits in a queue: a decision, or an event.</summary>
/// <param name="Decision">The decision, where there is no event.</param>
/// <param name="Happening">The event, or null.</param>
public readonly record struct SinkEntry(DecisionRecord Decision, DeviceEvent? Happening)
{
    /// <summary>Whether it is a decision.</summary>
    public bool IsDecision => Happening is null;

    /// <summary>When it was made, or happened.</summary>
    public DateTimeOffset Time => Happening?.Time ?? Decision.Time;
}
