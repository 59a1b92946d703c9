namespace EdgeQuant.Runtime.Signal;

/// <summary>What a channel of a signal measures. The numbers stand in files: never reuse one.</summary>
public enum SignalUnit
{
    /// <summary>Counts that stand for nothing else.</summary>
    None = 0,

    /// <summary>Sound, as a part of full scale.</summary>
    FullScale = 1,

    /// <summary>Acceleration in standard gravities.</summary>
    Gravity = 2,

    /// <summary>Acceleration in metres per second squared.</summary>
    MetrePerSecondSquared = 3,

    /// <summary>Angular velocity in degrees per second.</summary>
    DegreePerSecond = 4,

    /// <summary>Angular velocity in radians per second.</summary>
    RadianPerSecond = 5,

    /// <summary>Voltage in volts.</summary>
    Volt = 6,

    /// <summary>Temperature in degrees Celsius.</summary>
    DegreeCelsius = 7,

    /// <summary>Pressure in pascals.</summary>
    Pascal = 8,

    /// <summary>A ratio, 1 standing for all: relative humidity, say.</summary>
    Relative = 9,
}
