using System.Buffers.Binary;
using System.Device.I2c;
using UnitsNet;

namespace Iot.Device.Bmxx80;

public class Bme280 : Bmx280Base
{
    private const byte ChipId = 0x60;
    private const byte FirstCalibrationRegister = 0xA1;
    private const byte CalibrationRegister = 0xE1;
    private const byte HumidityControlRegister = 0xF2;
    private const byte ControlRegister = 0xF4;
    private const byte HumidityRegister = 0xFD;

    private readonly int[] _calibration;
    private Sampling _humiditySampling;

    public Bme280(I2cDevice i2cDevice)
        : base(ChipId, i2cDevice)
    {
        Span<byte> bytes = stackalloc byte[7];
        ReadRegisters(CalibrationRegister, bytes);
        _calibration =
        [
            ReadRegister(FirstCalibrationRegister),
            BinaryPrimitives.ReadInt16LittleEndian(bytes),
            bytes[2],
            ((sbyte)bytes[3] << 4) | (bytes[4] & 0x0F),
            ((sbyte)bytes[5] << 4) | (bytes[4] >> 4),
            (sbyte)bytes[6],
        ];
        HumiditySampling = Sampling.UltraLowPower;
    }

    public Sampling HumiditySampling
    {
        get => _humiditySampling;
        set
        {
            WriteRegister(HumidityControlRegister, (byte)((ReadRegister(HumidityControlRegister) & 0b1111_1000) | (byte)value));

            // Takes effect with the next write to the other control register (section 5.4.3).
            WriteRegister(ControlRegister, ReadRegister(ControlRegister));
            _humiditySampling = value;
        }
    }

    public bool TryReadHumidity(out RelativeHumidity humidity)
    {
        if (HumiditySampling == Sampling.Skipped)
        {
            humidity = default;
            return false;
        }

        TryReadTemperature(out _);
        Span<byte> bytes = stackalloc byte[2];
        ReadRegisters(HumidityRegister, bytes);
        double raw = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        double value = (int)FineTemperature - 76800.0;
        value = (raw - ((_calibration[3] * 64.0) + (_calibration[4] / 16384.0 * value)))
            * (_calibration[1] / 65536.0 * (1 + (_calibration[5] / 67108864.0 * value * (1 + (_calibration[2] / 67108864.0 * value)))));
        value *= 1 - (_calibration[0] * value / 524288);
        humidity = new RelativeHumidity(Math.Clamp(value, 0, 100));
        return true;
    }
}
