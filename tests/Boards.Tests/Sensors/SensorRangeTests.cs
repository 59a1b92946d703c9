using Xunit;

namespace EdgeQuant.Boards.Tests.Sensors;

/// <summary>A range that a sensor cannot be set to is refused, not passed over.</summary>
public sealed class SensorRangeTests
{
    [Fact]
    public void Every_sensor_takes_its_ranges_and_refuses_what_it_has_not()
    {
        foreach (string sensor in SensorCatalog.Names)
        {
            SensorSettings settings = new() { Sensor = sensor };
            Assert.All(SensorCatalog.RangesOf(sensor), range => Assert.NotEmpty(SensorCatalog.ChannelsOf(settings with { Range = range })));
            Assert.All(SensorCatalog.RotationRangesOf(sensor), range => Assert.NotEmpty(SensorCatalog.ChannelsOf(settings with { RotationRange = range })));
            Refuses(settings with { Range = 3 });
            Refuses(settings with { RotationRange = 3 });
        }
    }

    [Theory]
    [InlineData("bme280")]
    [InlineData("microphone")]
    public void A_sensor_without_ranges_says_so(string sensor)
    {
        Assert.Contains($"{sensor} has one range only", Refuses(new SensorSettings { Sensor = sensor, Range = 4 }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sensor_without_a_gyroscope_says_so()
    {
        Assert.Contains("adxl345 has no gyroscope", Refuses(new SensorSettings { Sensor = "adxl345", RotationRange = 500 }).Message, StringComparison.Ordinal);
    }

    private static SensorException Refuses(SensorSettings settings)
    {
        SensorException exception = Assert.Throws<SensorException>(() => SensorCatalog.ChannelsOf(settings));
        Assert.Equal(SensorFault.BadSettings, exception.Fault);
        return exception;
    }
}
