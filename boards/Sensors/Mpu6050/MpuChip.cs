namespace EdgeQuant.Boards.Sensors.Mpu6050;

/// <summary>Where the chips of this family differ.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="WhoAmI">What its identity register holds.</param>
/// <param name="FifoSources">What makes it put acceleration, temperature and rotation into the FIFO.</param>
/// <param name="HasAccelerometerFilter">Whether the accelerometer has a filter register of its own.</param>
internal sealed record MpuChip(string Name, byte WhoAmI, byte FifoSources, bool HasAccelerometerFilter)
{
    /// <summary>Acceleration, temperature, rotation: 7 numbers of 16 bits.</summary>
    public const int FrameBytes = 14;

    /// <summary>Bytes of the FIFO.</summary>
    public const int FifoBytes = 1024;

    /// <summary>Samples a second from which the rate is divided down, with the low-pass filter on.</summary>
    public const double BaseRate = 1000;

    /// <summary>TEMP, XG, YG, ZG and ACCEL stand in bits 7 to 3 of FIFO_EN.</summary>
    public static readonly MpuChip Mpu6050 = new("MPU-6050", 0x68, 0b1111_1000, HasAccelerometerFilter: false);

    /// <summary>GYRO and ACCEL stand in bits 4 and 3 of FIFO_EN; the temperature comes with them.</summary>
    public static readonly MpuChip Mpu6886 = new("MPU-6886", 0x19, 0b0001_1000, HasAccelerometerFilter: true);

    /// <summary>Full scales of the accelerometer, in g, by their code in ACCEL_CONFIG.</summary>
    public static IReadOnlyList<int> Ranges { get; } = [2, 4, 8, 16];

    /// <summary>Full scales of the gyroscope, in degrees per second, by their code in GYRO_CONFIG.</summary>
    public static IReadOnlyList<int> RotationRanges { get; } = [250, 500, 1000, 2000];

    /// <summary>The chip that settings name.</summary>
    public static MpuChip Of(SensorSettings settings)
    {
        return string.Equals(settings.Sensor, "mpu6886", StringComparison.OrdinalIgnoreCase) ? Mpu6886 : Mpu6050;
    }
}
