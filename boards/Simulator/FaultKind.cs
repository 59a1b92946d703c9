namespace EdgeQuant.Boards.Simulator;

/// <summary>What can go wrong with a simulated device.</summary>
public enum FaultKind
{
    /// <summary>The device does not answer, as with a loose wire. When it returns, it has lost its settings.</summary>
    Absent,

    /// <summary>Transfers fail.</summary>
    BusError,

    /// <summary>The device repeats the last value from before.</summary>
    Stuck,

    /// <summary>Values are at the end of their range.</summary>
    Saturated,

    /// <summary>Samples are there only when the fault is over, all at once.</summary>
    Late,

    /// <summary>Samples are missing.</summary>
    Lost,

    /// <summary>Another chip answers at the device's address.</summary>
    OtherChip,
}
