using EdgeQuant.Boards.Simulator;
using EdgeQuant.Boards.Simulator.Chips;
using EdgeQuant.Boards.Simulator.Signals;
using Xunit;

namespace EdgeQuant.Boards.Tests.Sensors;

/// <summary>Sensors that are asked for each sample, and the microphone, over simulated registers and lines.</summary>
public sealed class PolledSensorTests
{
    public static TheoryData<string, int> SensorsAndRates => new() { { "bme280", 25_000 }, { "bme280", 1_000 }, { "ads1115", 50_000 }, { "mcp3008", 1_000_000 }, { "mcp3008", 50_000 } };

    [Theory]
    [MemberData(nameof(SensorsAndRates))]
    public void What_the_recording_holds_is_what_the_sensor_delivers_within_one_count(string name, int rate)
    {
        Property.Holds(RecordedValues.Of(name), values =>
        {
            using SimulatedSensor simulated = new(new SensorSettings { Sensor = name, SampleRate = rate }, RecordedValues.Signal(name, values, rate));
            using ISensor sensor = simulated.Open();
            short[] read = simulated.ReadAll(sensor);

            // That the signal has ended shows with the sample behind the last one.
            return sensor.Lost == 0 && read.Length == values.Length + sensor.Description.Channels.Count && RecordedValues.AreWithinOneCount(sensor.Description, values, read);
        });
    }

    [Fact]
    public void A_microphone_gives_the_recording_back()
    {
        Property.Holds(RecordedValues.Of("microphone"), values =>
        {
            using SimulatedSensor simulated = new(new SensorSettings { Sensor = "microphone" }, RecordedValues.Signal("microphone", values, 16_000_000));
            using ISensor sensor = simulated.Open();
            short[] read = simulated.ReadAll(sensor);
            return sensor.Lost == 0 && read.Length == values.Length && RecordedValues.AreWithinOneCount(sensor.Description, values, read);
        });
    }

    [Fact]
    public void The_BME280_compensates_as_the_datasheet_does()
    {
        // BMP280 datasheet, "Calculating pressure and temperature": the example's raw numbers and results.
        SimulatedConnections board = new();
        SimulatedBme280 chip = new(new GeneratedSignal([], (_, _) => { }), board.Clock, new FaultSchedule(board.Clock, []));
        Assert.Equal(25.08, chip.CompensateTemperature(519888), 0.005);
        Assert.Equal(1006.5327, chip.CompensatePressure(415148), 0.0005);
    }

    [Theory]
    [InlineData("bme280", 26_000, "25 Hz")]
    [InlineData("ads1115", 200_000, "125 Hz")]
    [InlineData("mcp3008", 1_100_000, "1000 Hz")]
    [InlineData("microphone", 1_000_000, "16000")]
    [InlineData("microphone", 16_000_001, "16000")]
    public void A_rate_that_cannot_be_reached_is_refused_with_the_nearest(string name, int rate, string nearest)
    {
        using SimulatedSensor simulated = new(new SensorSettings { Sensor = name, SampleRate = rate }, Nothing(name));
        SensorException exception = Assert.Throws<SensorException>(simulated.Open);
        Assert.Equal(SensorFault.RateNotReachable, exception.Fault);
        Assert.Contains(nearest, exception.Help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bme280", "0x77 of I2C bus 1")]
    [InlineData("ads1115", "0x48 of I2C bus 1")]
    [InlineData("mcp3008", "chip select 0 of SPI bus 0")]
    [InlineData("microphone", "no sound device \"default\"")]
    public void A_device_that_is_not_there_says_where_it_should_be(string name, string place)
    {
        using SimulatedConnections board = new();
        SensorException exception = Assert.Throws<SensorException>(() => SensorCatalog.Open(new SensorSettings { Sensor = name }, board));
        Assert.Equal(SensorFault.NotFound, exception.Fault);
        Assert.Contains(place, exception.Message, StringComparison.Ordinal);
        Assert.NotEmpty(exception.Help);
    }

    [Fact]
    public void Another_chip_where_a_BME280_should_be_is_told_from_it()
    {
        using SimulatedSensor simulated = new(new SensorSettings { Sensor = "adxl345", Address = 0x77 }, Nothing("adxl345"));
        Assert.Equal(SensorFault.WrongChip, Assert.Throws<SensorException>(() => SensorCatalog.Open(new SensorSettings { Sensor = "bme280" }, simulated.Board)).Fault);
    }

    [Fact]
    public void A_reference_that_the_MCP3008_does_not_take_is_refused()
    {
        using SimulatedConnections board = new();
        Assert.Contains("250 to 5500 mV", Assert.Throws<SensorException>(() => SensorCatalog.Open(new SensorSettings { Sensor = "mcp3008", Range = 12_000 }, board)).Help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bme280", "bus-error", SensorFault.BusError)]
    [InlineData("bme280", "absent", SensorFault.NotFound)]
    [InlineData("bme280", "late", SensorFault.BusError)]
    [InlineData("ads1115", "bus-error", SensorFault.BusError)]
    [InlineData("ads1115", "absent", SensorFault.NotFound)]
    [InlineData("mcp3008", "bus-error", SensorFault.BusError)]
    [InlineData("mcp3008", "absent", SensorFault.NotFound)]
    [InlineData("microphone", "absent", SensorFault.Ended)]
    public void A_transfer_that_fails_says_how_and_the_sensor_can_be_opened_again(string name, string kind, SensorFault fault)
    {
        using SimulatedSensor simulated = new(new SensorSettings { Sensor = name, Channels = [SensorCatalog.ChannelsOf(name)[0].Name] }, Nothing(name), Fault.Parse(kind + "@2:2"));
        using (ISensor sensor = simulated.Open())
        {
            SensorException exception = Assert.Throws<SensorException>(() => simulated.ReadAll(sensor));
            Assert.Equal(fault, exception.Fault);
            Assert.NotEmpty(exception.Help);
        }

        simulated.Board.Clock.Advance(TimeSpan.FromSeconds(4) - simulated.Board.Clock.Elapsed);
        using ISensor again = simulated.Open();
        Assert.NotEmpty(simulated.ReadAll(again));
    }

    [Theory]
    [InlineData("bme280", 5)]
    [InlineData("ads1115", 50)]
    [InlineData("mcp3008", 50)]
    [InlineData("microphone", 8000)]
    public void What_was_not_fetched_in_time_is_counted_as_lost(string name, int expected)
    {
        int rate = name == "bme280" ? 10_000 : name == "microphone" ? 16_000_000 : 100_000;
        using SimulatedSensor simulated = new(new SensorSettings { Sensor = name, SampleRate = rate }, Nothing(name), Fault.Parse("lost@1:0.5"));
        using ISensor sensor = simulated.Open();
        int read = simulated.ReadAll(sensor).Length / sensor.Description.Channels.Count;
        Assert.InRange(sensor.Lost, (expected * 0.8) - 1, expected * 1.1);
        Assert.InRange(read + sensor.Lost, (long)(rate / 1000 * 10 * 0.99), (rate / 1000 * 10) + 2);
    }

    [Theory]
    [InlineData("bme280")]
    [InlineData("ads1115")]
    [InlineData("mcp3008")]
    [InlineData("microphone")]
    public void Saturated_channels_read_as_the_highest_count(string name)
    {
        using SimulatedSensor simulated = new(new SensorSettings { Sensor = name }, Nothing(name), Fault.Parse("saturated@0"));
        using ISensor sensor = simulated.Open();
        short[] sample = new short[sensor.Description.Channels.Count];
        Assert.Equal(1, sensor.Read(sample, TimeSpan.FromSeconds(2)));
        Assert.All(sample.Zip(sensor.Description.Channels), pair => Assert.Equal(pair.Second.Highest, pair.First));
    }

    /// <summary>Ten seconds in the middle of each channel's range.</summary>
    private static GeneratedSignal Nothing(string name)
    {
        IReadOnlyList<SensorChannel> channels = SensorCatalog.ChannelsOf(name);
        return new GeneratedSignal(
            [.. channels.Select(channel => channel.Name)],
            (_, values) =>
            {
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = (channels[i].Lowest + channels[i].Highest) / 2 * channels[i].Scale;
                }
            },
            TimeSpan.FromSeconds(10));
    }
}
