namespace EdgeQuant.Firmware.Monitoring;

/// <summary>What is to be thought of the times at which samples come.</summary>
public enum ArrivalState
{
    /// <summary>They come as they should.</summary>
    InTime,

    /// <summary>The last ones came after a gap, or none has come for too long: what follows does not join what came before.</summary>
    Late,

    /// <summary>None has come for so long that the sensor should be opened again.</summary>
    Missing,

    /// <summary>They come at another rate than the sensor's.</summary>
    WrongRate,
}
