using System.Buffers.Binary;
using EdgeQuant.Boards.Sensors.Bme280;
using EdgeQuant.Boards.Simulator.Signals;

namespace EdgeQuant.Boards.Simulator.Chips;

/// <summary>
/// A BME280: identity, calibration, control and data registers. It gives the raw numbers whose compensation (datasheet, "Compensation formulas in double
/// precision floating point") comes nearest to the signal. In sleep mode nothing is measured; the signal starts with the first measurement.
/// </summary>
/// <param name="signal">What it measures: temperature in degC, pressure in hPa, humidity in %.</param>
/// <param name="time">The clock.</param>
/// <param name="faults">Its faults.</param>
internal sealed class SimulatedBme280(ISignalSource signal, VirtualTime time, FaultSchedule faults) : RegisterChip
{
    private const int Calibration = 0x88;
    private const int HumidityCalibration1 = 0xA1;
    private const int HumidityCalibration2 = 0xE1;
    private const int ResetRegister = 0xE0;
    private const int ResetWord = 0xB6;
    private const int ControlHumidity = 0xF2;
    private const int ControlMeasurement = 0xF4;
    private const int Configuration = 0xF5;
    private const int Pressure = 0xF7;
    private const int Temperature = 0xFA;
    private const int Humidity = 0xFD;
    private const int NormalMode = 3;
    private const int Skipped = 0x80000;
    private const int SkippedHumidity = 0x8000;

    private readonly SimulatedSignal _signal = new(signal, ["temperature", "pressure", "humidity"], faults);
    private readonly float[] _values = new float[3];
    private double _fine;

    /// <summary>T1 to T3 and P1 to P9: the example of the BMP280's datasheet ("Calculating pressure and temperature").</summary>
    public static IReadOnlyList<int> Trimming { get; } = [27504, 26435, -1000, 36477, -10685, 3024, 2855, 140, -7, 15500, -14600, 6000];

    /// <summary>H1 to H6: of a usual device.</summary>
    public static IReadOnlyList<int> HumidityTrimming { get; } = [75, 370, 0, 313, 50, 30];

    /// <inheritdoc/>
    public override bool SignalEnded => _signal.Ended;

    /// <inheritdoc/>
    public override void PowerOn()
    {
        Array.Clear(Registers);
        Registers[Bme280Sensor.ChipIdRegister] = Bme280Sensor.ChipId;
        for (int i = 0; i < Trimming.Count; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(Registers.AsSpan(Calibration + (i * sizeof(ushort))), unchecked((ushort)Trimming[i]));
        }

        Registers[HumidityCalibration1] = (byte)HumidityTrimming[0];
        Span<byte> rest = Registers.AsSpan(HumidityCalibration2);
        BinaryPrimitives.WriteInt16LittleEndian(rest, (short)HumidityTrimming[1]);
        rest[2] = (byte)HumidityTrimming[2];
        rest[3] = (byte)(HumidityTrimming[3] >> 4);
        rest[4] = (byte)((HumidityTrimming[3] & 0x0F) | ((HumidityTrimming[4] & 0x0F) << 4));
        rest[5] = (byte)(HumidityTrimming[4] >> 4);
        rest[6] = (byte)HumidityTrimming[5];
        Write20(Pressure, Skipped);
        Write20(Temperature, Skipped);
        BinaryPrimitives.WriteUInt16BigEndian(Registers.AsSpan(Humidity), SkippedHumidity);
    }

    /// <summary>The temperature in degC for a raw one; what pressure and humidity need of it is kept.</summary>
    public double CompensateTemperature(int raw)
    {
        double first = ((raw / 16384.0) - (Trimming[0] / 1024.0)) * Trimming[1];
        double part = (raw / 131072.0) - (Trimming[0] / 8192.0);
        _fine = first + (part * part * Trimming[2]);
        return _fine / 5120;
    }

    /// <summary>The pressure in hPa for a raw one, at the last temperature.</summary>
    public double CompensatePressure(int raw)
    {
        double offset = ((int)_fine / 2.0) - 64000;
        double second = offset * offset * Trimming[8] / 32768;
        second += offset * Trimming[7] * 2;
        second = (second / 4) + (Trimming[6] * 65536.0);
        double first = ((Trimming[5] * offset * offset / 524288) + (Trimming[4] * offset)) / 524288;
        first = (1 + (first / 32768)) * Trimming[3];
        double pressure = (1048576.0 - raw - (second / 4096)) * 6250 / first;
        return (pressure + (((Trimming[11] * pressure * pressure / 2147483648.0) + (pressure * Trimming[10] / 32768) + Trimming[9]) / 16)) / 100;
    }

    /// <summary>The relative humidity in % for a raw one, at the last temperature.</summary>
    public double CompensateHumidity(int raw)
    {
        double offset = (int)_fine - 76800.0;
        double value = (raw - ((HumidityTrimming[3] * 64.0) + (HumidityTrimming[4] / 16384.0 * offset)))
            * (HumidityTrimming[1] / 65536.0 * (1 + (HumidityTrimming[5] / 67108864.0 * offset * (1 + (HumidityTrimming[2] / 67108864.0 * offset)))));
        return value * (1 - (HumidityTrimming[0] * value / 524288));
    }

    /// <inheritdoc/>
    protected override void Update()
    {
        int control = Registers[ControlMeasurement];
        if ((control & NormalMode) != NormalMode)
        {
            return;
        }

        faults.Stall();
        _signal.Start();
        _signal.Take(time.Elapsed, _values);
        int temperature = Raw(_values[0], CompensateTemperature, (1 << 20) - 1);
        _ = CompensateTemperature(temperature);
        Write20(Temperature, (control >> 5) == 0 ? Skipped : temperature);
        Write20(Pressure, ((control >> 2) & 7) == 0 ? Skipped : Raw(_values[1], CompensatePressure, (1 << 20) - 1));
        int humidity = (Registers[ControlHumidity] & 7) == 0 ? SkippedHumidity : Raw(_values[2], CompensateHumidity, ushort.MaxValue);
        BinaryPrimitives.WriteUInt16BigEndian(Registers.AsSpan(Humidity), (ushort)humidity);
    }

    /// <inheritdoc/>
    protected override void WriteRegister(byte register, byte value)
    {
        if (register == ResetRegister && value == ResetWord)
        {
            PowerOn();
        }
        else if (register is ControlHumidity or ControlMeasurement or Configuration)
        {
            Registers[register] = value;
        }
    }

    /// <summary>The raw number that comes nearest to a value; the compensations only rise or only fall.</summary>
    private static int Raw(double value, Func<int, double> compensate, int largest)
    {
        bool rises = compensate(largest) > compensate(0);
        int low = 0;
        int high = largest;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (compensate(middle) <= value == rises)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return Math.Abs(compensate(low) - value) <= Math.Abs(compensate(high) - value) ? low : high;
    }

    private void Write20(int register, int value)
    {
        Registers[register] = (byte)(value >> 12);
        Registers[register + 1] = (byte)(value >> 4);
        Registers[register + 2] = (byte)(value << 4);
    }
}
