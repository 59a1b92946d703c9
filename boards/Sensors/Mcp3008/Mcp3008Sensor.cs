using System.Device.Spi;
using Driver = Iot.Device.Adc.Mcp3008;

namespace EdgeQuant.Boards.Sensors.Mcp3008;

/// <summary>
/// Eight analog inputs a0 to a7 with an MCP3008 on SPI, by the driver of Iot.Device.Bindings: 10 bits from 0 V to the reference voltage (the range
/// in the settings, in millivolts), up to 1,000 samples a second.
/// </summary>
internal sealed class Mcp3008Sensor : PolledSensor
{
    private const string Name = "MCP3008";
    private const int Inputs = 8;
    private const int Counts = 1024;
    private const int UsualRate = 100_000;
    private const double HighestRate = 1000;
    private const int UsualReference = 3300;
    private const int LowestReference = 250;
    private const int HighestReference = 5500;

    /// <summary>At 2.7 V the chip takes up to 1.35 MHz (datasheet, "Electrical Characteristics").</summary>
    private const int ClockFrequency = 1_000_000;

    private readonly Driver _driver;
    private readonly SpiConnectionSettings _connection;
    private readonly int[] _selection;

    private Mcp3008Sensor(Driver driver, SpiConnectionSettings connection, SensorDescription description, int[] selection, TimeProvider time)
        : base(description, time)
    {
        _driver = driver;
        _connection = connection;
        _selection = selection;
    }

    private string Place => $"chip select {_connection.ChipSelectLine} of SPI bus {_connection.BusId}";

    /// <summary>a0 to a7, in volts.</summary>
    /// <exception cref="SensorException">The reference is none that the chip takes.</exception>
    public static IReadOnlyList<SensorChannel> AllChannels(SensorSettings settings)
    {
        int reference = settings.Range ?? UsualReference;
        return reference is >= LowestReference and <= HighestReference
            ? [.. Enumerable.Range(0, Inputs).Select(i => new SensorChannel($"a{i}", "V", reference / 1000f / Counts) { Lowest = 0, Highest = Counts - 1 })]
            : throw new SensorException(
                SensorFault.BadSettings, $"The {Name} takes no reference of {reference} mV.", $"The range is the voltage at its pin VREF, from {LowestReference} to {HighestReference} mV.");
    }

    /// <summary>Opens the converter; it has nothing to set up.</summary>
    /// <exception cref="SensorException">It does not answer, or cannot do what the settings ask.</exception>
    public static ISensor Open(SensorSettings settings, IBoardConnections connections)
    {
        IReadOnlyList<SensorChannel> channels = AllChannels(settings);
        int[] selection = Settings.Selection(settings, Name, channels);
        double rate = Settings.PolledRate(settings.SampleRate ?? UsualRate, HighestRate, Name);
        SpiConnectionSettings connection = new(settings.Bus ?? 0, settings.Address ?? 0) { Mode = SpiMode.Mode0, ClockFrequency = ClockFrequency };
        SensorDescription description = new(Name, [.. selection.Select(i => channels[i])], (int)Math.Round(rate * 1000));
        Mcp3008Sensor sensor = new(new Driver(connections.OpenSpi(connection)), connection, description, selection, connections.Time);
        try
        {
            sensor.Read(selection[0]);
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
        _driver.Dispose();
    }

    /// <inheritdoc/>
    protected override void Sample(Span<short> sample)
    {
        for (int i = 0; i < sample.Length; i++)
        {
            sample[i] = Read(_selection[i]);
        }
    }

    private short Read(int input)
    {
        try
        {
            return (short)_driver.Read(input);
        }
        catch (InvalidOperationException exception)
        {
            // The bit before the value is not 0: nobody drives the line.
            throw new SensorException(
                SensorFault.NotFound,
                $"No {Name} answers at {Place}.",
                "Look at power, ground, CLK, DIN, DOUT and CS, and that the bus and the chip select line are the right ones.",
                exception);
        }
        catch (IOException exception)
        {
            throw new SensorException(
                SensorFault.BusError,
                $"A transfer with the {Name} at {Place} failed: {exception.Message.TrimEnd('.')}.",
                "Look whether another program uses the bus, and at the kernel's messages (dmesg).",
                exception);
        }
    }
}
