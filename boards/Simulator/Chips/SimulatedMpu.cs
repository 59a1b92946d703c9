using System.Buffers.Binary;
using EdgeQuant.Boards.Sensors.Mpu6050;
using EdgeQuant.Boards.Simulator.Signals;

namespace EdgeQuant.Boards.Simulator.Chips;

/// <summary>
/// An MPU-6050 or MPU-6886: identity, power management, ranges, rate divider, data registers, FIFO with count and overflow. Its clock is exact and
/// its low-pass filter passes everything. The signal starts when the FIFO does.
/// </summary>
/// <param name="kind">Which of them.</param>
/// <param name="signal">What it measures: aX, aY, aZ in g; gX, gY, gZ in degrees per second; its temperature stands still.</param>
/// <param name="time">The clock.</param>
/// <param name="faults">Its faults.</param>
internal sealed class SimulatedMpu(MpuChip kind, ISignalSource signal, VirtualTime time, FaultSchedule faults) : RegisterChip
{
    private const byte Asleep = 0x40;
    private const byte ResetAll = 0x80;
    private const byte FifoReset = 0x04;
    private const byte FifoOn = 0x40;
    private const byte Overflowed = 0x10;
    private const byte DataReady = 0x01;
    private const int Axes = 3;

    private static readonly string[] s_channels = ["aX", "aY", "aZ", "gX", "gY", "gZ"];

    private readonly SimulatedSignal _signal = new(signal, s_channels, faults);
    private readonly byte[] _fifo = new byte[MpuChip.FifoBytes];
    private readonly float[] _values = new float[s_channels.Length];
    private SampleClock? _clock;
    private int _fifoStart;
    private int _fifoCount;

    /// <inheritdoc/>
    public override bool SignalEnded => _signal.Ended && (_fifoCount < MpuChip.FrameBytes);

    private SampleClock Clock => _clock ??= new SampleClock(_signal, time, faults);

    /// <inheritdoc/>
    public override void PowerOn()
    {
        Array.Clear(Registers);
        Registers[(byte)MpuRegister.WhoAmI] = kind.WhoAmI;
        Registers[(byte)MpuRegister.PowerManagement1] = Asleep;
        ClearFifo();
        Clock.Stop();
    }

    /// <inheritdoc/>
    protected override void Update()
    {
        while (Clock.TryTake(_values))
        {
            Span<byte> frame = Registers.AsSpan((byte)MpuRegister.Data, MpuChip.FrameBytes);
            for (int i = 0; i < s_channels.Length; i++)
            {
                int range = i < Axes ? MpuChip.Ranges[Code(MpuRegister.AccelerometerConfiguration)] : MpuChip.RotationRanges[Code(MpuRegister.GyroscopeConfiguration)];
                short count = Convert(_values[i], range / 32768f, short.MinValue, short.MaxValue);
                BinaryPrimitives.WriteInt16BigEndian(frame[((i < Axes ? i : i + 1) * sizeof(short))..], count);
            }

            Registers[(byte)MpuRegister.InterruptStatus] |= DataReady;
            if ((Registers[(byte)MpuRegister.UserControl] & FifoOn) != 0 && Registers[(byte)MpuRegister.FifoEnable] == kind.FifoSources)
            {
                PushFifo(frame);
            }
        }
    }

    /// <inheritdoc/>
    protected override byte ReadRegister(byte register)
    {
        byte value = Registers[register];
        switch ((MpuRegister)register)
        {
            case MpuRegister.InterruptStatus:
                Registers[register] = 0;
                return value;
            case MpuRegister.FifoCount:
                return (byte)(_fifoCount >> 8);
            case MpuRegister.FifoCount + 1:
                return (byte)_fifoCount;
            case MpuRegister.FifoData:
                return PopFifo();
            default:
                return value;
        }
    }

    /// <inheritdoc/>
    protected override byte Behind(byte register)
    {
        return register == (byte)MpuRegister.FifoData ? register : base.Behind(register);
    }

    /// <inheritdoc/>
    protected override void WriteRegister(byte register, byte value)
    {
        switch ((MpuRegister)register)
        {
            case MpuRegister.PowerManagement1 when (value & ResetAll) != 0:
                PowerOn();
                return;
            case MpuRegister.WhoAmI or MpuRegister.InterruptStatus:
                return;
            case MpuRegister.UserControl when (value & FifoReset) != 0:
                ClearFifo();
                value = (byte)(value & ~FifoReset);
                break;
            default:
                break;
        }

        Registers[register] = value;
        switch ((MpuRegister)register)
        {
            case MpuRegister.PowerManagement1 or MpuRegister.SampleRateDivider:
                StartClock();
                break;
            case MpuRegister.UserControl when (value & FifoOn) != 0:
                _signal.Start();
                break;
            default:
                break;
        }
    }

    private void StartClock()
    {
        if ((Registers[(byte)MpuRegister.PowerManagement1] & Asleep) != 0)
        {
            Clock.Stop();
        }
        else
        {
            Clock.Start(TimeSpan.FromSeconds((1 + Registers[(byte)MpuRegister.SampleRateDivider]) / MpuChip.BaseRate));
        }
    }

    private int Code(MpuRegister register)
    {
        return (Registers[(byte)register] >> 3) & 3;
    }

    private void ClearFifo()
    {
        _fifoStart = 0;
        _fifoCount = 0;
    }

    /// <summary>A full FIFO loses its oldest bytes.</summary>
    private void PushFifo(ReadOnlySpan<byte> frame)
    {
        foreach (byte value in frame)
        {
            if (_fifoCount == _fifo.Length)
            {
                PopFifo();
                Registers[(byte)MpuRegister.InterruptStatus] |= Overflowed;
            }

            _fifo[(_fifoStart + _fifoCount) % _fifo.Length] = value;
            _fifoCount++;
        }
    }

    private byte PopFifo()
    {
        if (_fifoCount == 0)
        {
            return 0xFF;
        }

        byte value = _fifo[_fifoStart];
        _fifoStart = (_fifoStart + 1) % _fifo.Length;
        _fifoCount--;
        return value;
    }
}
