namespace EdgeQuant.Firmware.Sinks;

/// <summary>When a log's lines are forced from the system's memory onto the disk. Whatever is chosen, the end of the program loses nothing.</summary>
public enum LogSync
{
    /// <summary>Before a decision counts as delivered. A power cut loses no delivered decision; an SD card wears faster.</summary>
    Always,

    /// <summary>Once a second. A power cut loses the decisions of the last second.</summary>
    Second,
}
