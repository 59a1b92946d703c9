using System.Buffers.Binary;
using EdgeQuant.Boards.Sensors.Ads1115;
using EdgeQuant.Boards.Simulator.Buses;
using EdgeQuant.Boards.Simulator.Signals;

namespace EdgeQuant.Boards.Simulator.Chips;

/// <summary>An ADS1115 that converts once when it is told to, single-ended. The signal starts with the first conversion.</summary>
/// <param name="signal">What it measures: a0 to a3 in volts.</param>
/// <param name="time">The clock.</param>
/// <param name="faults">Its faults.</param>
internal sealed class SimulatedAds1115(ISignalSource signal, VirtualTime time, FaultSchedule faults) : SimulatedI2cChip
{
    /// <summary>The configuration after power-on (datasheet, "Config Register"): nothing converts.</summary>
    private const ushort UsualConfiguration = 0x8583;
    private const int RegisterCount = 4;

    private readonly SimulatedSignal _signal = new(signal, ["a0", "a1", "a2", "a3"], faults);
    private readonly float[] _values = new float[Ads1115Sensor.Inputs];
    private readonly ushort[] _registers = new ushort[RegisterCount];
    private int _register;

    /// <inheritdoc/>
    public override bool SignalEnded => _signal.Ended;

    /// <inheritdoc/>
    public override void PowerOn()
    {
        Array.Clear(_registers);
        _registers[(int)Ads1115Register.Configuration] = UsualConfiguration;
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> bytes)
    {
        _register = bytes[0] % RegisterCount;
        if (bytes.Length < 1 + sizeof(ushort) || _register == (int)Ads1115Register.Conversion)
        {
            return;
        }

        ushort value = BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]);
        _registers[_register] = value;
        if (_register == (int)Ads1115Register.Configuration && (value & Ads1115Sensor.Start) != 0 && (value & Ads1115Sensor.SingleEnded) != 0)
        {
            Convert(value);
        }
    }

    /// <inheritdoc/>
    public override void Read(Span<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(_registers[_register] >> (i % sizeof(ushort) == 0 ? 8 : 0));
        }
    }

    private void Convert(ushort configuration)
    {
        faults.Stall();
        _signal.Start();
        _signal.Take(time.Elapsed, _values);
        int range = Ads1115Sensor.Ranges[Math.Min((configuration >> Ads1115Sensor.RangeShift) & 7, Ads1115Sensor.Ranges.Count - 1)];
        float value = _values[(configuration >> Ads1115Sensor.InputShift) & 3];
        _registers[(int)Ads1115Register.Conversion] = (ushort)(short)Math.Clamp(Math.Round(value / (range / 1000f / 32768)), short.MinValue, short.MaxValue);
    }
}
