namespace EdgeQuant.Firmware.Monitoring;

/// <summary>What is to be thought of samples.</summary>
public enum SampleState
{
    /// <summary>They are what the sensor measures.</summary>
    Good,

    /// <summary>A channel gives the same value all the time.</summary>
    Stuck,

    /// <summary>A channel stays at the end of its range.</summary>
    Saturated,
}
