using System.Buffers.Binary;

namespace EdgeQuant.Boards.Sensors.Mpu6050;

/// <summary>
/// Accelerometer and gyroscope MPU-6050 or MPU-6886 on I2C, read through its FIFO. 3.91 to 1,000 samples a second: 1,000 by a whole number;
/// acceleration in g, rotation in degrees per second.
/// </summary>
internal sealed class MpuSensor : FifoSensor
{
    public const int UsualAddress = 0x68;

    private const int UsualRate = 100_000;
    private const int UsualRange = 4;
    private const int UsualRotationRange = 2000;
    private const int TemperatureWord = 3;

    private const byte Reset = 0x80;
    private const byte ClockOfGyroscope = 0x01;
    private const byte FifoReset = 0x04;
    private const byte FifoOn = 0x40;
    private const byte FifoOverflow = 0x10;

    /// <summary>Bandwidths of the low-pass filter in hertz, by their code in CONFIG, from 1 on.</summary>
    private static readonly int[] s_bandwidths = [184, 94, 44, 21, 10, 5];
    private static readonly string[] s_axes = ["aX", "aY", "aZ"];
    private static readonly string[] s_rotations = ["gX", "gY", "gZ"];
    private static readonly TimeSpan s_afterReset = TimeSpan.FromMilliseconds(100);

    /// <summary>The gyroscope's start-up time (product specification, "Gyroscope Specifications").</summary>
    private static readonly TimeSpan s_gyroscopeStart = TimeSpan.FromMilliseconds(30);

    private readonly I2cRegisters _registers;
    private readonly int[] _words;
    private readonly byte[] _frames = new byte[MpuChip.FifoBytes / MpuChip.FrameBytes * MpuChip.FrameBytes];

    private MpuSensor(I2cRegisters registers, SensorDescription description, int[] words, double rate, TimeProvider time)
        : base(description, rate, time)
    {
        _registers = registers;
        _words = words;
    }

    /// <summary>aX, aY, aZ in g; gX, gY, gZ in degrees per second.</summary>
    public static IReadOnlyList<SensorChannel> AllChannels(SensorSettings settings)
    {
        string name = MpuChip.Of(settings).Name;
        float acceleration = MpuChip.Ranges[Settings.Range(settings.Range, UsualRange, MpuChip.Ranges, name, "g")] / 32768f;
        float rotation = MpuChip.RotationRanges[Settings.Range(settings.RotationRange, UsualRotationRange, MpuChip.RotationRanges, name, "degrees per second")] / 32768f;
        return [.. s_axes.Select(name => new SensorChannel(name, "g", acceleration) { IsNoisy = true }), .. s_rotations.Select(name => new SensorChannel(name, "deg/s", rotation) { IsNoisy = true })];
    }

    /// <summary>Sets the chip up and starts it.</summary>
    /// <exception cref="SensorException">It is not there, is another one, or cannot do what the settings ask.</exception>
    public static ISensor Open(SensorSettings settings, IBoardConnections connections)
    {
        MpuChip chip = MpuChip.Of(settings);
        IReadOnlyList<SensorChannel> channels = AllChannels(settings);
        int[] selection = Settings.Selection(settings, chip.Name, channels);
        int divider = Divider(settings.SampleRate ?? UsualRate, chip);
        double rate = MpuChip.BaseRate / divider;
        SensorDescription description = new(chip.Name, [.. selection.Select(i => channels[i])], (int)Math.Round(rate * 1000));
        I2cRegisters registers = new(connections.OpenI2c(settings.Bus ?? 1, settings.Address ?? UsualAddress), chip.Name);
        MpuSensor sensor = new(registers, description, [.. selection.Select(i => i < TemperatureWord ? i : i + 1)], rate, connections.Time);
        try
        {
            sensor.Start(chip, settings, divider, connections.Time);
            return sensor;
        }
        catch
        {
            sensor.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _registers.Dispose();
    }

    /// <inheritdoc/>
    protected override int Count(out bool overflowed)
    {
        // An overflow leaves the FIFO with parts of samples (its bytes are no multiple of a frame's), so it starts over.
        overflowed = (Read(MpuRegister.InterruptStatus) & FifoOverflow) != 0;
        if (overflowed)
        {
            StartFifo();
            return 0;
        }

        Span<byte> count = stackalloc byte[2];
        _registers.Read((byte)MpuRegister.FifoCount, count);
        return Math.Min(BinaryPrimitives.ReadUInt16BigEndian(count), _frames.Length) / MpuChip.FrameBytes;
    }

    /// <inheritdoc/>
    protected override void Take(Span<short> samples)
    {
        Span<byte> frames = _frames.AsSpan(0, samples.Length / _words.Length * MpuChip.FrameBytes);
        _registers.Read((byte)MpuRegister.FifoData, frames);
        for (int i = 0; i < samples.Length; i++)
        {
            int at = (i / _words.Length * MpuChip.FrameBytes) + (_words[i % _words.Length] * sizeof(short));
            samples[i] = BinaryPrimitives.ReadInt16BigEndian(frames[at..]);
        }
    }

    private static int Divider(int asked, MpuChip chip)
    {
        double exact = MpuChip.BaseRate / Math.Max(asked / 1000.0, 1e-3);
        int more = (int)Math.Clamp(Math.Floor(exact), 1, 256);
        int less = (int)Math.Clamp(Math.Ceiling(exact), 1, 256);
        double rate = Settings.Rate(asked, MpuChip.BaseRate / less, MpuChip.BaseRate / more, chip.Name);
        return (int)Math.Round(MpuChip.BaseRate / rate);
    }

    private void Start(MpuChip chip, SensorSettings settings, int divider, TimeProvider time)
    {
        _registers.RequireId((byte)MpuRegister.WhoAmI, chip.WhoAmI);
        Write(MpuRegister.PowerManagement1, Reset);
        time.Wait(s_afterReset);
        Write(MpuRegister.PowerManagement1, ClockOfGyroscope);
        time.Wait(s_gyroscopeStart);

        // What the samples cannot show, less than half their rate, is filtered out.
        int narrowEnough = Array.FindIndex(s_bandwidths, bandwidth => bandwidth <= MpuChip.BaseRate / divider / 2);
        byte filter = (byte)(narrowEnough < 0 ? s_bandwidths.Length : narrowEnough + 1);
        Write(MpuRegister.Configuration, filter);
        if (chip.HasAccelerometerFilter)
        {
            Write(MpuRegister.AccelerometerConfiguration2, filter);
        }

        Write(MpuRegister.SampleRateDivider, (byte)(divider - 1));
        Write(MpuRegister.AccelerometerConfiguration, (byte)(Settings.Range(settings.Range, UsualRange, MpuChip.Ranges, chip.Name, "g") << 3));
        Write(MpuRegister.GyroscopeConfiguration, (byte)(Settings.Range(settings.RotationRange, UsualRotationRange, MpuChip.RotationRanges, chip.Name, "degrees per second") << 3));
        Write(MpuRegister.InterruptEnable, FifoOverflow);
        Write(MpuRegister.FifoEnable, chip.FifoSources);
        StartFifo();
        Started();
    }

    private void StartFifo()
    {
        Write(MpuRegister.UserControl, FifoReset);
        Write(MpuRegister.UserControl, FifoOn);
    }

    private byte Read(MpuRegister register)
    {
        return _registers.Read((byte)register);
    }

    private void Write(MpuRegister register, byte value)
    {
        _registers.Write((byte)register, value);
    }
}
