namespace EdgeQuant.Boards.Sensors.Mpu6050;

/// <summary>Registers of the MPU-6050 ("MPU-6000 and MPU-6050 Register Map and Descriptions") that the MPU-6886 has too, but for the last ones.</summary>
internal enum MpuRegister : byte
{
    SampleRateDivider = 0x19,
    Configuration = 0x1A,
    GyroscopeConfiguration = 0x1B,
    AccelerometerConfiguration = 0x1C,

    /// <summary>The MPU-6886 has the accelerometer's filter here; on the MPU-6050 it is the gyroscope's.</summary>
    AccelerometerConfiguration2 = 0x1D,
    FifoEnable = 0x23,
    InterruptEnable = 0x38,
    InterruptStatus = 0x3A,

    /// <summary>The first of 14: acceleration, temperature, rotation; 16 bits each, big endian.</summary>
    Data = 0x3B,
    UserControl = 0x6A,
    PowerManagement1 = 0x6B,
    FifoCount = 0x72,
    FifoData = 0x74,
    WhoAmI = 0x75,
}
