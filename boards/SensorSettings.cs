namespace EdgeQuant.Boards;

/// <summary>Which sensor, where it is connected, and how it is set up. What is null is as the sensor usually is.</summary>
public sealed record SensorSettings
{
    /// <summary>The sensor: <c>mpu6050</c>.</summary>
    public required string Sensor { get; init; }

    /// <summary>Samples per second, in millihertz.</summary>
    public int? SampleRate { get; init; }

    /// <summary>Number of the I2C or SPI bus.</summary>
    public int? Bus { get; init; }

    /// <summary>Address on the I2C bus (7 bits), or chip select line on the SPI bus.</summary>
    public int? Address { get; init; }

    /// <summary>Full scale of an accelerometer in g, of an analog input in millivolts.</summary>
    public int? Range { get; init; }

    /// <summary>Full scale of a gyroscope, in degrees per second.</summary>
    public int? RotationRange { get; init; }

    /// <summary>The channels that are read, in this order.</summary>
    public IReadOnlyList<string>? Channels { get; init; }

    /// <summary>Name of a sound device, as <c>arecord -L</c> lists it.</summary>
    public string? Device { get; init; }
}
