namespace EdgeQuant.Firmware;

/// <summary>What happened on the device beside decisions: faults, their end, new models, what was dropped.</summary>
/// <param name="Time">When it happened.</param>
/// <param name="Kind">What kind of thing it is.</param>
/// <param name="Message">What happened and, where something is wrong, what to do: one line for people.</param>
public sealed record DeviceEvent(DateTimeOffset Time, DeviceEventKind Kind, string Message)
{
    /// <summary>How many it concerns (samples lost, decisions dropped), or null.</summary>
    public long? Count { get; init; }

    /// <summary>When the first of what was dropped had been made, or null.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>When the last of what was dropped had been made, or null.</summary>
    public DateTimeOffset? Until { get; init; }
}
