namespace EdgeQuant.Boards.Sensors.Adxl345;

/// <summary>Registers of the ADXL345 (its datasheet, "Register Map").</summary>
internal enum Adxl345Register : byte
{
    DeviceId = 0x00,
    DataRate = 0x2C,
    PowerControl = 0x2D,
    InterruptSource = 0x30,
    DataFormat = 0x31,

    /// <summary>The first of 6: x, y, z; 16 bits each, little endian. Reading them takes a sample from the FIFO.</summary>
    Data = 0x32,
    FifoControl = 0x38,
    FifoStatus = 0x39,
}
