using System.Buffers.Binary;

namespace EdgeQuant.Boards.Sensors.Adxl345;

/// <summary>
/// Accelerometer ADXL345 on I2C, read through its FIFO, in g with full resolution: 256 counts are 1 g in every range. 0.1 to 800 samples a second
/// (more than the FIFO's 32 samples and an I2C bus can carry): 3,200 halved some times.
/// </summary>
internal sealed class Adxl345Sensor : FifoSensor
{
    public const int UsualAddress = 0x53;
    public const byte DeviceId = 0xE5;
    public const int CountsPerG = 256;
    public const double HighestRate = 3200;
    public const int HighestRateCode = 15;
    public const byte FullResolution = 0x08;
    public const byte Measure = 0x08;
    public const byte StreamMode = 0x80;
    public const byte Overrun = 0x01;
    public const int SampleBytes = 6;

    private const int UsualRate = 100_000;
    private const int UsualRange = 16;
    private const int HighestCodeOnI2c = 13;
    private const byte CountMask = 0x3F;

    private static readonly string[] s_axes = ["aX", "aY", "aZ"];

    private readonly I2cRegisters _registers;
    private readonly int[] _selection;

    private Adxl345Sensor(I2cRegisters registers, SensorDescription description, int[] selection, double rate, TimeProvider time)
        : base(description, rate, time)
    {
        _registers = registers;
        _selection = selection;
    }

    /// <summary>Full scales in g, by their code in DATA_FORMAT.</summary>
    public static IReadOnlyList<int> Ranges { get; } = [2, 4, 8, 16];

    /// <summary>aX, aY, aZ in g.</summary>
    public static IReadOnlyList<SensorChannel> AllChannels(SensorSettings settings)
    {
        int end = Ranges[RangeCode(settings)] * CountsPerG;
        return [.. s_axes.Select(name => new SensorChannel(name, "g", 1f / CountsPerG) { Lowest = (short)-end, Highest = (short)(end - 1), IsNoisy = true })];
    }

    /// <summary>Sets the chip up and starts it.</summary>
    /// <exception cref="SensorException">It is not there, is another one, or cannot do what the settings ask.</exception>
    public static ISensor Open(SensorSettings settings, IBoardConnections connections)
    {
        IReadOnlyList<SensorChannel> channels = AllChannels(settings);
        int[] selection = Settings.Selection(settings, "ADXL345", channels);
        int code = RateCode(settings.SampleRate ?? UsualRate);
        double rate = RateOf(code);
        SensorDescription description = new("ADXL345", [.. selection.Select(i => channels[i])], (int)Math.Round(rate * 1000));
        I2cRegisters registers = new(connections.OpenI2c(settings.Bus ?? 1, settings.Address ?? UsualAddress), "ADXL345");
        Adxl345Sensor sensor = new(registers, description, selection, rate, connections.Time);
        try
        {
            sensor.Start(RangeCode(settings), code);
            return sensor;
        }
        catch
        {
            sensor.Dispose();
            throw;
        }
    }

    /// <summary>Samples a second, in hertz, for a code in BW_RATE.</summary>
    public static double RateOf(int code)
    {
        return HighestRate / (1 << (HighestRateCode - code));
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _registers.Dispose();
    }

    /// <inheritdoc/>
    protected override int Count(out bool overflowed)
    {
        overflowed = (Read(Adxl345Register.InterruptSource) & Overrun) != 0;
        return Read(Adxl345Register.FifoStatus) & CountMask;
    }

    /// <inheritdoc/>
    protected override void Take(Span<short> samples)
    {
        Span<byte> bytes = stackalloc byte[SampleBytes];
        for (int at = 0; at < samples.Length; at += _selection.Length)
        {
            _registers.Read((byte)Adxl345Register.Data, bytes);
            for (int i = 0; i < _selection.Length; i++)
            {
                samples[at + i] = BinaryPrimitives.ReadInt16LittleEndian(bytes[(_selection[i] * sizeof(short))..]);
            }
        }
    }

    private static int RangeCode(SensorSettings settings)
    {
        return Settings.Range(settings.Range, UsualRange, Ranges, "ADXL345", "g");
    }

    private static int RateCode(int asked)
    {
        double steps = HighestRateCode - Math.Log2(HighestRate / Math.Max(asked / 1000.0, 1e-3));
        int below = (int)Math.Clamp(Math.Floor(steps), 0, HighestCodeOnI2c);
        int above = (int)Math.Clamp(Math.Ceiling(steps), 0, HighestCodeOnI2c);
        return Settings.Rate(asked, RateOf(below), RateOf(above), "ADXL345") == RateOf(below) ? below : above;
    }

    private void Start(int rangeCode, int rateCode)
    {
        _registers.RequireId((byte)Adxl345Register.DeviceId, DeviceId);
        Write(Adxl345Register.PowerControl, 0);
        Write(Adxl345Register.DataFormat, (byte)(FullResolution | rangeCode));
        Write(Adxl345Register.DataRate, (byte)rateCode);

        // Bypass mode empties the FIFO.
        Write(Adxl345Register.FifoControl, 0);
        Write(Adxl345Register.FifoControl, StreamMode);
        Write(Adxl345Register.PowerControl, Measure);
        Started();
    }

    private byte Read(Adxl345Register register)
    {
        return _registers.Read((byte)register);
    }

    private void Write(Adxl345Register register, byte value)
    {
        _registers.Write((byte)register, value);
    }
}
