using EdgeQuant.Boards;
using EdgeQuant.Firmware.Models;
using EdgeQuant.Runtime;
using Xunit;

namespace EdgeQuant.Firmware.Tests.Models;

/// <summary>A sensor must give what a model takes; what does not fit is said with what to do.</summary>
public sealed class SensorFitTests
{
    private const float Count = 4 / 32768f;

    [Theory]
    [InlineData("\"unit\": \"g\", \"perCount\": 0.0001220703125")]
    [InlineData("\"unit\": \"m/s^2\", \"perCount\": 0.0011971008")]
    [InlineData("\"unit\": \"g\", \"perCount\": 0.0001225")]
    [InlineData("\"unit\": \"counts\", \"perCount\": 0.03125")]
    public void A_sensor_that_counts_as_the_model_does_fits(string channel)
    {
        SensorFit.Check(Sensor("g", Count), Pipeline.Load(TiltModel.File(channel: channel)));
    }

    [Theory]
    [InlineData("deg/s", Count, 100_000, 3, "in deg/s; the model takes Gravity")]
    [InlineData("g", Count * 2, 100_000, 3, "is 0.000244141 (Gravity); the model takes 0.00012207")]
    [InlineData("g", Count, 90_000, 3, "takes 100 samples a second; test gives 90")]
    [InlineData("g", Count, 100_000, 2, "takes 3 channels; test gives 2 (a0, a1)")]
    public void A_sensor_that_gives_something_else_is_refused_with_what_to_set(string unit, float scale, int rate, int channels, string reason)
    {
        ModelRefusedException exception = Assert.Throws<ModelRefusedException>(() => SensorFit.Check(Sensor(unit, scale, rate, channels), Pipeline.Load(TiltModel.File())));
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.Contains("sensor.", exception.Message, StringComparison.Ordinal);
    }

    private static SensorDescription Sensor(string unit, float scale, int rate = 100_000, int channels = 3)
    {
        return new SensorDescription("test", [.. Enumerable.Range(0, channels).Select(i => new SensorChannel($"a{i}", unit, scale))], rate);
    }
}
