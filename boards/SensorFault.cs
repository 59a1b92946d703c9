namespace EdgeQuant.Boards;

/// <summary>What is wrong with a sensor.</summary>
public enum SensorFault
{
    /// <summary>The settings name something that the sensor does not have.</summary>
    BadSettings,

    /// <summary>The board's bus is not there or is switched off.</summary>
    BusMissing,

    /// <summary>This user may not use the bus.</summary>
    PermissionDenied,

    /// <summary>No device answers at the address.</summary>
    NotFound,

    /// <summary>A device answers, but it is another one.</summary>
    WrongChip,

    /// <summary>The device cannot sample at the rate that was asked for.</summary>
    RateNotReachable,

    /// <summary>A transfer failed, or what came is damaged.</summary>
    BusError,

    /// <summary>The device's stream of samples ended.</summary>
    Ended,

    /// <summary>A channel gives the same value all the time.</summary>
    Stuck,

    /// <summary>A channel stays at the end of its range.</summary>
    Saturated,

    /// <summary>Samples do not come in time.</summary>
    Late,
}
