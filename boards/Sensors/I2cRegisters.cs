using System.Device.I2c;

namespace EdgeQuant.Boards.Sensors;

/// <summary>The registers of a device on an I2C bus, numbered by a byte. A transfer that fails says what is wrong.</summary>
/// <param name="device">The connection; it is disposed of with this.</param>
/// <param name="sensor">What messages call the device.</param>
internal sealed class I2cRegisters(I2cDevice device, string sensor) : IDisposable
{
    /// <summary>Reads one register.</summary>
    /// <exception cref="SensorException">The transfer failed.</exception>
    public byte Read(byte register)
    {
        Span<byte> value = stackalloc byte[1];
        Read(register, value);
        return value[0];
    }

    /// <summary>Reads registers in one transfer, from the first one on.</summary>
    /// <exception cref="SensorException">The transfer failed.</exception>
    public void Read(byte first, Span<byte> values)
    {
        ReadOnlySpan<byte> written = [first];
        try
        {
            device.WriteRead(written, values);
        }
        catch (IOException exception)
        {
            throw BusFault.Of(exception, device.ConnectionSettings, sensor);
        }
    }

    /// <summary>Writes one register.</summary>
    /// <exception cref="SensorException">The transfer failed.</exception>
    public void Write(byte register, byte value)
    {
        Write(register, [value]);
    }

    /// <summary>Writes bytes in one transfer, from a register on.</summary>
    /// <exception cref="SensorException">The transfer failed.</exception>
    public void Write(byte first, ReadOnlySpan<byte> values)
    {
        Span<byte> written = stackalloc byte[1 + values.Length];
        written[0] = first;
        values.CopyTo(written[1..]);
        try
        {
            device.Write(written);
        }
        catch (IOException exception)
        {
            throw BusFault.Of(exception, device.ConnectionSettings, sensor);
        }
    }

    /// <summary>Checks that the device is the one it should be.</summary>
    /// <exception cref="SensorException">It is another one, or does not answer.</exception>
    public void RequireId(byte register, byte id)
    {
        byte found = Read(register);
        if (found != id)
        {
            throw BusFault.WrongChip(device.ConnectionSettings, sensor, id, found);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        device.Dispose();
    }
}
