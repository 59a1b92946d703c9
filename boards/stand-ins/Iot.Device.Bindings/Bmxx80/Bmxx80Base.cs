using System.Device.I2c;
using UnitsNet;

namespace Iot.Device.Bmxx80;

/// <summary>What the family has in common; registers and formulas: BME280 datasheet, sections 4.2 and 5.</summary>
public abstract class Bmxx80Base : IDisposable
{
    private const byte ChipIdRegister = 0xD0;
    private const byte ControlRegister = 0xF4;

    private readonly I2cDevice _device;
    private Sampling _temperatureSampling;
    private Sampling _pressureSampling;

    private protected Bmxx80Base(byte deviceId, I2cDevice i2cDevice)
    {
        _device = i2cDevice;
        if (ReadRegister(ChipIdRegister) != deviceId)
        {
            throw new IOException($"Unable to find a chip with id {deviceId}");
        }
    }

    public Sampling TemperatureSampling
    {
        get => _temperatureSampling;
        set
        {
            WriteRegister(ControlRegister, (byte)((ReadRegister(ControlRegister) & 0b0001_1111) | ((byte)value << 5)));
            _temperatureSampling = value;
        }
    }

    public Sampling PressureSampling
    {
        get => _pressureSampling;
        set
        {
            WriteRegister(ControlRegister, (byte)((ReadRegister(ControlRegister) & 0b1110_0011) | ((byte)value << 2)));
            _pressureSampling = value;
        }
    }

    public abstract bool TryReadTemperature(out Temperature temperature);

    public abstract bool TryReadPressure(out Pressure pressure);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _device.Dispose();
        }
    }

    private protected byte ReadRegister(byte register)
    {
        _device.WriteByte(register);
        return _device.ReadByte();
    }

    private protected void ReadRegisters(byte first, Span<byte> values)
    {
        _device.WriteByte(first);
        _device.Read(values);
    }

    private protected void WriteRegister(byte register, byte value)
    {
        _device.Write([register, value]);
    }
}
