using System.Device.I2c;
using Iot.Device.Bmxx80;
using Iot.Device.Bmxx80.PowerMode;
using UnitsNet;
using Driver = Iot.Device.Bmxx80.Bme280;

namespace EdgeQuant.Boards.Sensors.Bme280;

/// <summary>
/// Temperature, pressure and humidity with a BME280 on I2C, by the driver of Iot.Device.Bindings: up to 25 samples a second, in degrees Celsius
/// (0.01 a count), hectopascals (0.05) and percent of relative humidity (0.01). It measures by itself, every 20 ms; the last values are read.
/// </summary>
internal sealed class Bme280Sensor : PolledSensor
{
    public const int UsualAddress = 0x77;
    public const byte ChipIdRegister = 0xD0;
    public const byte ChipId = 0x60;

    private const string Name = "BME280";
    private const int UsualRate = 1000;
    private const double HighestRate = 25;

    /// <summary>The most that a measurement of all three takes without oversampling is 9.3 ms (datasheet, "Measurement time"), and 10 ms of standby.</summary>
    private static readonly TimeSpan s_firstMeasurement = TimeSpan.FromMilliseconds(20);

    private readonly Driver _driver;
    private readonly I2cConnectionSettings _connection;
    private readonly int[] _selection;

    private Bme280Sensor(Driver driver, I2cConnectionSettings connection, SensorDescription description, int[] selection, TimeProvider time)
        : base(description, time)
    {
        _driver = driver;
        _connection = connection;
        _selection = selection;
    }

    /// <summary>temperature in degC (-40 to 85), pressure in hPa (300 to 1100), humidity in % (0 to 100).</summary>
    public static IReadOnlyList<SensorChannel> AllChannels(SensorSettings settings)
    {
        return
        [
            new SensorChannel("temperature", "degC", 0.01f) { Lowest = -4000, Highest = 8500 },
            new SensorChannel("pressure", "hPa", 0.05f) { Lowest = 6000, Highest = 22000 },
            new SensorChannel("humidity", "%", 0.01f) { Lowest = 0, Highest = 10000 },
        ];
    }

    /// <summary>Sets the chip up and lets it measure.</summary>
    /// <exception cref="SensorException">It is not there, is another one, or cannot do what the settings ask.</exception>
    public static ISensor Open(SensorSettings settings, IBoardConnections connections)
    {
        IReadOnlyList<SensorChannel> channels = AllChannels(settings);
        int[] selection = Settings.Selection(settings, Name, channels);
        double rate = Settings.PolledRate(settings.SampleRate ?? UsualRate, HighestRate, Name);
        I2cDevice device = connections.OpenI2c(settings.Bus ?? 1, settings.Address ?? UsualAddress);
        try
        {
            new I2cRegisters(device, Name).RequireId(ChipIdRegister, ChipId);
            Driver driver = new(device)
            {
                TemperatureSampling = Sampling.UltraLowPower,
                PressureSampling = Sampling.UltraLowPower,
                HumiditySampling = Sampling.UltraLowPower,
                StandbyTime = StandbyTime.Ms10,
            };
            driver.SetPowerMode(Bmx280PowerMode.Normal);
            connections.Time.Wait(s_firstMeasurement);
            SensorDescription description = new(Name, [.. selection.Select(i => channels[i])], (int)Math.Round(rate * 1000));
            return new Bme280Sensor(driver, device.ConnectionSettings, description, selection, connections.Time);
        }
        catch (IOException exception)
        {
            SensorException fault = BusFault.Of(exception, device.ConnectionSettings, Name);
            device.Dispose();
            throw fault;
        }
        catch
        {
            device.Dispose();
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
        try
        {
            for (int i = 0; i < sample.Length; i++)
            {
                sample[i] = Count(Value(_selection[i]), Description.Channels[i]);
            }
        }
        catch (IOException exception)
        {
            throw BusFault.Of(exception, _connection, Name);
        }
    }

    private double Value(int channel)
    {
        switch (channel)
        {
            case 0:
                _driver.TryReadTemperature(out Temperature temperature);
                return temperature.DegreesCelsius;
            case 1:
                _driver.TryReadPressure(out Pressure pressure);
                return pressure.Hectopascals;
            default:
                _driver.TryReadHumidity(out RelativeHumidity humidity);
                return humidity.Percent;
        }
    }
}
