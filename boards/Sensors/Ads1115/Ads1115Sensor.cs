using System.Buffers.Binary;

namespace EdgeQuant.Boards.Sensors.Ads1115;

/// <summary>
/// Four analog inputs a0 to a3 with an ADS1115 on I2C: 16 bits, in volts, each converted when it is due. Up to 500 samples a second of one input, 125 of all
/// four: a conversion takes 1.3 ms.
/// </summary>
internal sealed class Ads1115Sensor : PolledSensor
{
    public const int UsualAddress = 0x48;
    public const int Inputs = 4;

    /// <summary>In the configuration: starts a conversion; reads as 0 while one runs.</summary>
    public const ushort Start = 0x8000;

    /// <summary>In the configuration: the input against ground, plus the input's number from bit 12 on.</summary>
    public const ushort SingleEnded = 0x4000;
    public const int InputShift = 12;
    public const int RangeShift = 9;
    public const ushort SingleShot = 0x0100;

    private const ushort Rate860 = 0x00E0;
    private const ushort NoComparator = 0x0003;
    private const string Name = "ADS1115";
    private const int UsualRate = 100_000;
    private const int UsualRange = 4096;
    private const double HighestRate = 500;

    /// <summary>A conversion at 860 samples a second, whose clock may be a tenth slow (datasheet, "Electrical Characteristics").</summary>
    private static readonly TimeSpan s_conversion = TimeSpan.FromSeconds(1.1 / 860);

    private readonly I2cRegisters _registers;
    private readonly int[] _selection;
    private readonly int _range;
    private readonly TimeProvider _time;

    private Ads1115Sensor(I2cRegisters registers, SensorDescription description, int[] selection, int range, TimeProvider time)
        : base(description, time)
    {
        _registers = registers;
        _selection = selection;
        _range = range;
        _time = time;
    }

    /// <summary>Full scales in millivolts, by their code in the configuration.</summary>
    public static IReadOnlyList<int> Ranges { get; } = [6144, 4096, 2048, 1024, 512, 256];

    /// <summary>a0 to a3, in volts.</summary>
    public static IReadOnlyList<SensorChannel> AllChannels(SensorSettings settings)
    {
        float scale = Ranges[Settings.Range(settings.Range, UsualRange, Ranges, Name, "mV")] / 1000f / 32768;
        return [.. Enumerable.Range(0, Inputs).Select(i => new SensorChannel($"a{i}", "V", scale))];
    }

    /// <summary>Opens the converter; each conversion sets it up anew.</summary>
    /// <exception cref="SensorException">It does not answer, or cannot do what the settings ask.</exception>
    public static ISensor Open(SensorSettings settings, IBoardConnections connections)
    {
        IReadOnlyList<SensorChannel> channels = AllChannels(settings);
        int[] selection = Settings.Selection(settings, Name, channels);
        double rate = Settings.PolledRate(settings.SampleRate ?? UsualRate, HighestRate / selection.Length, Name);
        SensorDescription description = new(Name, [.. selection.Select(i => channels[i])], (int)Math.Round(rate * 1000));
        I2cRegisters registers = new(connections.OpenI2c(settings.Bus ?? 1, settings.Address ?? UsualAddress), Name);
        int range = Settings.Range(settings.Range, UsualRange, Ranges, Name, "mV");
        try
        {
            // It has no identity; that it answers is all that can be known.
            registers.Read((byte)Ads1115Register.Configuration);
            return new Ads1115Sensor(registers, description, selection, range, connections.Time);
        }
        catch
        {
            registers.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _registers.Dispose();
    }

    /// <inheritdoc/>
    protected override void Sample(Span<short> sample)
    {
        Span<byte> bytes = stackalloc byte[2];
        for (int i = 0; i < sample.Length; i++)
        {
            int configuration = Start | SingleEnded | (_selection[i] << InputShift) | (_range << RangeShift) | SingleShot | Rate860 | NoComparator;
            BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)configuration);
            _registers.Write((byte)Ads1115Register.Configuration, bytes);
            _time.Wait(s_conversion);
            _registers.Read((byte)Ads1115Register.Conversion, bytes);
            sample[i] = BinaryPrimitives.ReadInt16BigEndian(bytes);
        }
    }
}
