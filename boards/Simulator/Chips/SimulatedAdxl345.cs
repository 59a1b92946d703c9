using System.Buffers.Binary;
using EdgeQuant.Boards.Sensors.Adxl345;
using EdgeQuant.Boards.Simulator.Signals;

namespace EdgeQuant.Boards.Simulator.Chips;

/// <summary>An ADXL345 with full resolution: identity, rate, range, data registers, FIFO in bypass and stream mode. The signal starts with the first measurement.</summary>
/// <param name="signal">What it measures: aX, aY, aZ in g.</param>
/// <param name="time">The clock.</param>
/// <param name="faults">Its faults.</param>
internal sealed class SimulatedAdxl345(ISignalSource signal, VirtualTime time, FaultSchedule faults) : RegisterChip
{
    private const int FifoLength = 32;
    private const byte RateMask = 0x0F;
    private const byte UsualRate = 0x0A;
    private const byte RangeMask = 0x03;
    private const byte ModeMask = 0xC0;

    private static readonly string[] s_channels = ["aX", "aY", "aZ"];

    private readonly SimulatedSignal _signal = new(signal, s_channels, faults);
    private readonly float[] _values = new float[s_channels.Length];
    private readonly Queue<byte[]> _fifo = new(FifoLength);
    private readonly Stack<byte[]> _free = new(Enumerable.Range(0, FifoLength).Select(_ => new byte[Adxl345Sensor.SampleBytes]));
    private SampleClock? _clock;

    /// <inheritdoc/>
    public override bool SignalEnded => _signal.Ended && _fifo.Count == 0;

    private SampleClock Clock => _clock ??= new SampleClock(_signal, time, faults);

    /// <inheritdoc/>
    public override void PowerOn()
    {
        Array.Clear(Registers);
        Registers[(byte)Adxl345Register.DeviceId] = Adxl345Sensor.DeviceId;
        Registers[(byte)Adxl345Register.DataRate] = UsualRate;
        ClearFifo();
        Clock.Stop();
    }

    /// <inheritdoc/>
    protected override void Update()
    {
        while (Clock.TryTake(_values))
        {
            if ((Registers[(byte)Adxl345Register.FifoControl] & ModeMask) != Adxl345Sensor.StreamMode)
            {
                Sample(Registers.AsSpan((byte)Adxl345Register.Data));
                continue;
            }

            if (_fifo.Count == FifoLength)
            {
                _free.Push(_fifo.Dequeue());
                Registers[(byte)Adxl345Register.InterruptSource] |= Adxl345Sensor.Overrun;
            }

            byte[] sample = _free.Pop();
            Sample(sample);
            _fifo.Enqueue(sample);
        }
    }

    /// <inheritdoc/>
    protected override byte ReadRegister(byte register)
    {
        if (register == (byte)Adxl345Register.FifoStatus)
        {
            return (byte)_fifo.Count;
        }

        if (register == (byte)Adxl345Register.Data && _fifo.TryDequeue(out byte[]? sample))
        {
            sample.CopyTo(Registers, (byte)Adxl345Register.Data);
            _free.Push(sample);
            Registers[(byte)Adxl345Register.InterruptSource] &= unchecked((byte)~Adxl345Sensor.Overrun);
        }

        return Registers[register];
    }

    /// <inheritdoc/>
    protected override void WriteRegister(byte register, byte value)
    {
        if (register is (byte)Adxl345Register.DeviceId or (byte)Adxl345Register.InterruptSource or (byte)Adxl345Register.FifoStatus)
        {
            return;
        }

        Registers[register] = value;
        switch ((Adxl345Register)register)
        {
            case Adxl345Register.FifoControl when (value & ModeMask) == 0:
                ClearFifo();
                break;
            case Adxl345Register.PowerControl or Adxl345Register.DataRate:
                StartClock();
                break;
            default:
                break;
        }
    }

    private void StartClock()
    {
        if ((Registers[(byte)Adxl345Register.PowerControl] & Adxl345Sensor.Measure) == 0)
        {
            Clock.Stop();
        }
        else
        {
            _signal.Start();
            Clock.Start(TimeSpan.FromSeconds(1 / Adxl345Sensor.RateOf(Registers[(byte)Adxl345Register.DataRate] & RateMask)));
        }
    }

    private void Sample(Span<byte> bytes)
    {
        int end = Adxl345Sensor.Ranges[Registers[(byte)Adxl345Register.DataFormat] & RangeMask] * Adxl345Sensor.CountsPerG;
        for (int i = 0; i < s_channels.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes[(i * sizeof(short))..], Convert(_values[i], 1f / Adxl345Sensor.CountsPerG, -end, end - 1));
        }
    }

    private void ClearFifo()
    {
        while (_fifo.TryDequeue(out byte[]? sample))
        {
            _free.Push(sample);
        }
    }
}
