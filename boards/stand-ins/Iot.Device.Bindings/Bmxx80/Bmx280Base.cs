using System.Buffers.Binary;
using System.Device.I2c;
using Iot.Device.Bmxx80.PowerMode;
using UnitsNet;

namespace Iot.Device.Bmxx80;

public abstract class Bmx280Base : Bmxx80Base
{
    private const byte CalibrationRegister = 0x88;
    private const byte ControlRegister = 0xF4;
    private const byte ConfigurationRegister = 0xF5;
    private const byte PressureRegister = 0xF7;
    private const byte TemperatureRegister = 0xFA;

    private readonly byte[] _calibration = new byte[24];
    private StandbyTime _standbyTime;

    private protected Bmx280Base(byte deviceId, I2cDevice i2cDevice)
        : base(deviceId, i2cDevice)
    {
        ReadRegisters(CalibrationRegister, _calibration);
        PressureSampling = Sampling.UltraLowPower;
        TemperatureSampling = Sampling.UltraLowPower;
        StandbyTime = StandbyTime.Ms125;
    }

    public StandbyTime StandbyTime
    {
        get => _standbyTime;
        set
        {
            WriteRegister(ConfigurationRegister, (byte)((ReadRegister(ConfigurationRegister) & 0b0001_1111) | ((byte)value << 5)));
            _standbyTime = value;
        }
    }

    private protected double FineTemperature { get; private set; }

    public void SetPowerMode(Bmx280PowerMode powerMode)
    {
        WriteRegister(ControlRegister, (byte)((ReadRegister(ControlRegister) & 0b1111_1100) | (byte)powerMode));
    }

    public override bool TryReadTemperature(out Temperature temperature)
    {
        if (TemperatureSampling == Sampling.Skipped)
        {
            temperature = default;
            return false;
        }

        double raw = Read20(TemperatureRegister);
        double first = ((raw / 16384) - (Unsigned(0) / 1024.0)) * Signed(1);
        double second = (raw / 131072) - (Unsigned(0) / 8192.0);
        FineTemperature = first + (second * second * Signed(2));
        temperature = new Temperature(FineTemperature / 5120);
        return true;
    }

    public override bool TryReadPressure(out Pressure pressure)
    {
        if (PressureSampling == Sampling.Skipped)
        {
            pressure = default;
            return false;
        }

        TryReadTemperature(out _);
        double var1 = ((int)FineTemperature / 2.0) - 64000;
        double var2 = var1 * var1 * Signed(8) / 32768;
        var2 += var1 * Signed(7) * 2;
        var2 = (var2 / 4) + (Signed(6) * 65536.0);
        var1 = ((Signed(5) * var1 * var1 / 524288) + (Signed(4) * var1)) / 524288;
        var1 = (1 + (var1 / 32768)) * Unsigned(3);
        if (var1 == 0)
        {
            pressure = default;
            return true;
        }

        double value = (1048576.0 - Read20(PressureRegister) - (var2 / 4096)) * 6250 / var1;
        var1 = Signed(11) * value * value / 2147483648;
        var2 = value * Signed(10) / 32768;
        pressure = new Pressure((value + ((var1 + var2 + Signed(9)) / 16)) / 100);
        return true;
    }

    private int Read20(byte register)
    {
        Span<byte> bytes = stackalloc byte[3];
        ReadRegisters(register, bytes);
        return (bytes[0] << 12) | (bytes[1] << 4) | (bytes[2] >> 4);
    }

    private ushort Unsigned(int index)
    {
        return BinaryPrimitives.ReadUInt16LittleEndian(_calibration.AsSpan(2 * index));
    }

    private short Signed(int index)
    {
        return BinaryPrimitives.ReadInt16LittleEndian(_calibration.AsSpan(2 * index));
    }
}
