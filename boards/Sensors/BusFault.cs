using System.Device.I2c;

namespace EdgeQuant.Boards.Sensors;

/// <summary>What is wrong when a transfer on a bus fails.</summary>
internal static class BusFault
{
    private static readonly string[] s_noAnswer = ["Error 6 ", "Error 121 "];

    /// <summary>Tells by the error's number, which System.Device.Gpio writes into its message: ENXIO (6) and EREMOTEIO (121) mean that no device answered.</summary>
    public static SensorException Of(IOException exception, I2cConnectionSettings settings, string sensor)
    {
        return s_noAnswer.Any(text => exception.Message.StartsWith(text, StringComparison.Ordinal))
            ? new SensorException(
                SensorFault.NotFound,
                $"No device answers at {Place(settings)}, where the {sensor} should be.",
                $"Look at power, ground, SDA and SCL, and at the pin that sets the address; \"i2cdetect -y {settings.BusId}\" lists who answers.",
                exception)
            : new SensorException(
                SensorFault.BusError,
                $"A transfer with the {sensor} at {Place(settings)} failed: {exception.Message.TrimEnd('.')}.",
                "Shorten the wires, look at their contacts and pull-up resistors, or run the bus slower.",
                exception);
    }

    /// <summary>A device answers and is another one.</summary>
    public static SensorException WrongChip(I2cConnectionSettings settings, string sensor, byte id, byte found)
    {
        return new SensorException(
            SensorFault.WrongChip,
            $"The device at {Place(settings)} is no {sensor}: its identity is 0x{found:X2}, expected is 0x{id:X2}.",
            "Name the sensor that is connected there, or the address of the right one.");
    }

    private static string Place(I2cConnectionSettings settings)
    {
        return $"address 0x{settings.DeviceAddress:X2} of I2C bus {settings.BusId}";
    }
}
