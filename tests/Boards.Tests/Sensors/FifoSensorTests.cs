using System.Device.I2c;
using EdgeQuant.Boards.Simulator;
using EdgeQuant.Boards.Simulator.Signals;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Boards.Tests.Sensors;

/// <summary>Sensors that keep samples in a FIFO, over simulated registers: values, rates, and every fault.</summary>
public sealed class FifoSensorTests
{
    private static readonly string[] s_axes = ["aX", "aY", "aZ"];

    public static TheoryData<string, int> SensorsAndRates => new()
    {
        { "mpu6050", 100_000 }, { "mpu6050", 1_000_000 }, { "mpu6050", 125_000 }, { "mpu6886", 50_000 }, { "adxl345", 100_000 }, { "adxl345", 800_000 },
    };

    [Theory]
    [MemberData(nameof(SensorsAndRates))]
    public void What_the_recording_holds_is_what_the_sensor_delivers_within_one_count(string name, int rate)
    {
        SensorSettings settings = new() { Sensor = name, SampleRate = rate };
        Property.Holds(RecordedValues.Of(name), values =>
        {
            using SimulatedSensor simulated = new(settings, RecordedValues.Signal(name, values, rate));
            using ISensor sensor = simulated.Open();
            short[] read = simulated.ReadAll(sensor);
            return sensor.Lost == 0 && read.Length == values.Length && RecordedValues.AreWithinOneCount(sensor.Description, values, read);
        });
    }

    [Theory]
    [InlineData("mpu6050", 0x75, 0x68)]
    [InlineData("mpu6886", 0x75, 0x19)]
    public void Registers_hold_the_sensitivities_of_the_datasheet(string name, byte register, byte identity)
    {
        // Register map, "Accelerometer Measurements" and "Gyroscope Measurements": 16384 LSB/g at 2 g, 131 LSB/(degree/s) at 250 degree/s.
        SensorSettings settings = new() { Sensor = name, Range = 2, RotationRange = 250 };
        using SimulatedSensor simulated = new(settings, new GeneratedSignal(["aZ", "gX"], (_, values) => (values[0], values[1]) = (1, -1)));
        using ISensor sensor = simulated.Open();
        short[] sample = new short[6];
        Assert.Equal(1, sensor.Read(sample, TimeSpan.FromSeconds(1)));
        Assert.Equal<short>([0, 0, 16384, -131, 0, 0], sample);
        using I2cDevice device = simulated.Board.OpenI2c(1, 0x68);
        Assert.Equal<byte>([identity], Read(device, register, 1));
        Assert.Equal<byte>([0x40, 0x00], Read(device, 0x3B + 4, 2));
        Assert.Equal<byte>([0xFF, 0x7D], Read(device, 0x3B + 8, 2));
    }

    [Fact]
    public void The_ADXL345_counts_256_to_the_g_in_every_range()
    {
        foreach (int range in new[] { 2, 4, 8, 16 })
        {
            using SimulatedSensor simulated = new(new SensorSettings { Sensor = "adxl345", Range = range }, new GeneratedSignal(s_axes, (_, values) => (values[0], values[1], values[2]) = (1, 100, -100)));
            using ISensor sensor = simulated.Open();
            short[] sample = new short[3];
            Assert.Equal(1, sensor.Read(sample, TimeSpan.FromSeconds(1)));
            Assert.Equal([256, (256 * range) - 1, -256 * range], sample.Select(count => (int)count));
            Assert.Equal((sample[2], sample[1]), (sensor.Description.Channels[0].Lowest, sensor.Description.Channels[0].Highest));
        }
    }

    [Fact]
    public void Channels_come_in_the_order_that_settings_name()
    {
        SensorSettings settings = new() { Sensor = "mpu6050", Channels = ["gZ", "ax"] };
        using SimulatedSensor simulated = new(settings, new GeneratedSignal(["aX", "gZ"], (_, values) => (values[0], values[1]) = (1, 1000)));
        using ISensor sensor = simulated.Open();
        Assert.Equal(["gZ", "aX"], sensor.Description.Channels.Select(channel => channel.Name));
        short[] sample = new short[2];
        Assert.Equal(1, sensor.Read(sample, TimeSpan.FromSeconds(1)));
        Assert.Equal<short>([16384, 8192], sample);
    }

    [Theory]
    [InlineData("mpu6050", 119_000, "111.111 or 125 Hz")]
    [InlineData("mpu6050", 2_000_000, "1000 Hz")]
    [InlineData("mpu6050", 1_000, "3.906 Hz")]
    [InlineData("adxl345", 119_000, "100 or 200 Hz")]
    [InlineData("adxl345", 3_200_000, "800 Hz")]
    public void A_rate_that_cannot_be_reached_is_refused_with_the_nearest(string name, int rate, string nearest)
    {
        using SimulatedSensor simulated = new(new SensorSettings { Sensor = name, SampleRate = rate }, SimulatedSensor.Milliseconds(s_axes, 0, 1));
        SensorException exception = Assert.Throws<SensorException>(simulated.Open);
        Assert.Equal(SensorFault.RateNotReachable, exception.Fault);
        Assert.Contains(nearest, exception.Help, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_name_what_is_not_there_are_refused_with_what_is()
    {
        using SimulatedConnections board = new();
        Assert.Contains("mpu6050, mpu6886, adxl345, bme280, ads1115, mcp3008, microphone", Refused(new SensorSettings { Sensor = "mpu9999" }), StringComparison.Ordinal);
        Assert.Contains("2, 4, 8, 16 g", Refused(new SensorSettings { Sensor = "mpu6050", Range = 3 }), StringComparison.Ordinal);
        Assert.Contains("250, 500, 1000, 2000 degrees per second", Refused(new SensorSettings { Sensor = "mpu6050", RotationRange = 100 }), StringComparison.Ordinal);
        Assert.Contains("aX, aY, aZ", Refused(new SensorSettings { Sensor = "adxl345", Channels = ["gX"] }), StringComparison.Ordinal);
        Assert.Contains("at most once", Refused(new SensorSettings { Sensor = "adxl345", Channels = ["aX", "ax"] }), StringComparison.Ordinal);

        string Refused(SensorSettings settings)
        {
            SensorException exception = Assert.Throws<SensorException>(() => SensorCatalog.Open(settings, board));
            Assert.Equal(SensorFault.BadSettings, exception.Fault);
            return exception.Help;
        }
    }

    [Theory]
    [InlineData("mpu6050", "0x68")]
    [InlineData("adxl345", "0x53")]
    public void A_device_that_is_not_there_says_where_to_look(string name, string address)
    {
        using SimulatedConnections board = new();
        SensorException exception = Assert.Throws<SensorException>(() => SensorCatalog.Open(new SensorSettings { Sensor = name }, board));
        Assert.Equal(SensorFault.NotFound, exception.Fault);
        Assert.Contains($"No device answers at address {address} of I2C bus 1", exception.Message, StringComparison.Ordinal);
        Assert.Contains("i2cdetect -y 1", exception.Help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mpu6050", "mpu6886", "its identity is 0x68, expected is 0x19")]
    [InlineData("mpu6050", "adxl345", "its identity is 0x00, expected is 0xE5")]
    public void Another_chip_at_the_address_is_told_from_the_right_one(string connected, string asked, string reason)
    {
        using SimulatedSensor simulated = new(new SensorSettings { Sensor = connected, Address = 0x53 }, SimulatedSensor.Milliseconds(s_axes, 0, 1));
        SensorException exception = Assert.Throws<SensorException>(() => SensorCatalog.Open(new SensorSettings { Sensor = asked, Address = 0x53 }, simulated.Board));
        Assert.Equal(SensorFault.WrongChip, exception.Fault);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mpu6050", FaultKind.BusError, SensorFault.BusError)]
    [InlineData("mpu6050", FaultKind.Absent, SensorFault.NotFound)]
    [InlineData("adxl345", FaultKind.BusError, SensorFault.BusError)]
    [InlineData("adxl345", FaultKind.Absent, SensorFault.NotFound)]
    public void A_transfer_that_fails_says_how_and_the_sensor_can_be_opened_again(string name, FaultKind kind, SensorFault fault)
    {
        Fault between = new(kind, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        using SimulatedSensor simulated = new(new SensorSettings { Sensor = name }, SimulatedSensor.Milliseconds(s_axes, 0.001f, 4), between);
        using (ISensor sensor = simulated.Open())
        {
            SensorException exception = Assert.Throws<SensorException>(() => simulated.ReadAll(sensor));
            Assert.Equal(fault, exception.Fault);
            Assert.NotEmpty(exception.Help);
            Assert.InRange(simulated.Board.Clock.Elapsed.TotalSeconds, 1, 1.1);
        }

        Assert.Equal(fault, Assert.Throws<SensorException>(simulated.Open).Fault);
        simulated.Board.Clock.Advance(TimeSpan.FromSeconds(1));
        using ISensor again = simulated.Open();
        short[] rest = simulated.ReadAll(again);
        float first = rest[0] * again.Description.Channels[0].Scale;
        Assert.InRange(first, 1.7f, 2.1f);
        Assert.InRange(rest.Length / again.Description.Channels.Count, 180, 230);
    }

    [Theory]
    [InlineData("mpu6050", 1_000_000, 0.5)]
    [InlineData("mpu6050", 1_000_000, 0.074)]
    [InlineData("adxl345", 800_000, 0.5)]
    [InlineData("adxl345", 800_000, 0.042)]
    public void A_FIFO_that_overflows_loses_samples_which_are_counted_and_goes_on_aligned(string name, int rate, double pause)
    {
        using SimulatedSensor simulated = new(new SensorSettings { Sensor = name, SampleRate = rate, Range = 16 }, SimulatedSensor.Milliseconds(s_axes, 1f / 256, 2));
        using ISensor sensor = simulated.Open();
        short[] buffer = new short[100 * sensor.Description.Channels.Count];
        Assert.InRange(sensor.Read(buffer, TimeSpan.FromSeconds(1)), 1, 100);
        Assert.Equal(0, sensor.Lost);
        simulated.Board.Clock.Advance(TimeSpan.FromSeconds(pause));
        int after = sensor.Read(buffer, TimeSpan.FromSeconds(1));
        double milliseconds = buffer[0] * sensor.Description.Channels[0].Scale * 256;
        Assert.InRange(sensor.Lost, 1, (long)(pause * rate / 1000) + 2);

        // Whole samples in the order of time: first axis rising, the others 0.
        Assert.InRange(milliseconds, 1, (pause * 1000) + 20);
        Assert.InRange((milliseconds * rate / 1e6) - sensor.Lost, -3, 3);
        for (int i = 1; i < after; i++)
        {
            int at = i * sensor.Description.Channels.Count;
            Assert.True(buffer[at] > buffer[at - sensor.Description.Channels.Count]);
            Assert.Equal((0, 0), (buffer[at + 1], buffer[at + 2]));
        }
    }

    [Theory]
    [InlineData("mpu6050")]
    [InlineData("adxl345")]
    public void Samples_that_the_device_skips_are_counted_as_lost(string name)
    {
        Fault skipping = new(FaultKind.Lost, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.5));
        using SimulatedSensor simulated = new(new SensorSettings { Sensor = name }, SimulatedSensor.Milliseconds(s_axes, 0.001f, 3), skipping);
        using ISensor sensor = simulated.Open();
        short[] read = simulated.ReadAll(sensor);
        Assert.InRange(sensor.Lost, 48, 52);
        Assert.Equal(300, sensor.Lost + (read.Length / sensor.Description.Channels.Count), 2.0);
    }

    [Fact]
    public void Late_samples_come_all_at_once_and_are_not_lost()
    {
        Fault late = new(FaultKind.Late, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.3));
        using SimulatedSensor simulated = new(new SensorSettings { Sensor = "mpu6050" }, SimulatedSensor.Milliseconds(s_axes, 0.001f, 3), late);
        using ISensor sensor = simulated.Open();
        short[] buffer = new short[6 * 100];
        List<int> counts = [];
        while (!simulated.Board.SignalEnded)
        {
            counts.Add(sensor.Read(buffer, TimeSpan.FromMilliseconds(100)));
        }

        Assert.Contains(0, counts);
        Assert.InRange(counts.Max(), 28, 32);
        Assert.Equal(300, counts.Sum());
        Assert.Equal(0, sensor.Lost);
    }

    [Theory]
    [InlineData("mpu6050")]
    [InlineData("adxl345")]
    public void Stuck_and_saturated_channels_read_as_such(string name)
    {
        Fault stuck = new(FaultKind.Stuck, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.5));
        Fault saturated = new(FaultKind.Saturated, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.5));
        using SimulatedSensor simulated = new(new SensorSettings { Sensor = name, Channels = s_axes }, SimulatedSensor.Milliseconds(s_axes, 0.001f, 3), stuck, saturated);
        using ISensor sensor = simulated.Open();
        short[] read = [.. simulated.ReadAll(sensor).Where((_, i) => i % 3 == 0)];
        SensorChannel channel = sensor.Description.Channels[0];
        Assert.InRange(read.Zip(read.Skip(1)).Count(pair => pair.First == pair.Second && pair.First != channel.Highest), 49, 51);
        Assert.InRange(read.Count(count => count == channel.Highest), 49, 51);
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        using SimulatedSensor simulated = new(new SensorSettings { Sensor = "mpu6050" }, SimulatedSensor.Milliseconds(s_axes, 0.001f, 100));
        using ISensor sensor = simulated.Open();
        short[] buffer = new short[60];
        ReadOften();
        Assert.Equal(0, Allocations.Of(ReadOften));

        void ReadOften()
        {
            for (int i = 0; i < 1000; i++)
            {
                sensor.Read(buffer, TimeSpan.FromSeconds(1));
            }
        }
    }

    private static byte[] Read(I2cDevice device, byte register, int count)
    {
        byte[] bytes = new byte[count];
        device.WriteRead([register], bytes);
        return bytes;
    }
}
