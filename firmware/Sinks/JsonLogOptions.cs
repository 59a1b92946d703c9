namespace EdgeQuant.Firmware.Sinks;

/// <summary>A log's size, and how safe it is from power cuts.</summary>
public sealed record JsonLogOptions
{
    /// <summary>When lines are forced onto the disk.</summary>
    public LogSync Sync { get; init; } = LogSync.Second;

    /// <summary>The size in bytes at which the file is set aside and a new one started.</summary>
    public long LargestFile { get; init; } = 16 * 1024 * 1024;

    /// <summary>How many files that were set aside are kept: <c>decisions.jsonl.1</c> is the latest.</summary>
    public int Kept { get; init; } = 4;
}
