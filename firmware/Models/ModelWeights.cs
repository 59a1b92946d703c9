namespace EdgeQuant.Firmware.Models;

/// <summary>How a model's weights are kept in memory. What it decides is the same.</summary>
public enum ModelWeights
{
    /// <summary>As they are in the file, and once more in the order that is fastest on this CPU.</summary>
    Fast,

    /// <summary>Only as they are in the file: less memory, more time.</summary>
    Compact,
}
