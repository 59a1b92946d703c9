using EdgeQuant.Boards.Sensors;
using EdgeQuant.Boards.Sensors.Ads1115;
using EdgeQuant.Boards.Sensors.Adxl345;
using EdgeQuant.Boards.Sensors.Bme280;
using EdgeQuant.Boards.Sensors.Mcp3008;
using EdgeQuant.Boards.Sensors.Microphone;
using EdgeQuant.Boards.Sensors.Mpu6050;

namespace EdgeQuant.Boards;

/// <summary>The sensors that can be read, by name.</summary>
public static class SensorCatalog
{
    private static readonly IReadOnlyList<SensorKind> s_kinds =
    [
        new("mpu6050", MpuSensor.AllChannels, MpuSensor.Open),
        new("mpu6886", MpuSensor.AllChannels, MpuSensor.Open),
        new("adxl345", Adxl345Sensor.AllChannels, Adxl345Sensor.Open),
        new("bme280", Bme280Sensor.AllChannels, Bme280Sensor.Open),
        new("ads1115", Ads1115Sensor.AllChannels, Ads1115Sensor.Open),
        new("mcp3008", Mcp3008Sensor.AllChannels, Mcp3008Sensor.Open),
        new("microphone", MicrophoneSensor.AllChannels, MicrophoneSensor.Open),
    ];

    /// <summary>The names of all sensors.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_kinds.Select(kind => kind.Name)];

    /// <summary>All channels that a sensor has, in its usual order and with its usual ranges.</summary>
    /// <param name="sensor">The sensor's name.</param>
    /// <exception cref="SensorException">There is no such sensor.</exception>
    public static IReadOnlyList<SensorChannel> ChannelsOf(string sensor)
    {
        return Find(sensor).Channels(new SensorSettings { Sensor = sensor });
    }

    /// <summary>Opens a sensor and starts it.</summary>
    /// <exception cref="SensorException">It is not there, is another one, or cannot do what the settings ask.</exception>
    public static ISensor Open(SensorSettings settings, IBoardConnections connections)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(connections);
        return Find(settings.Sensor).Open(settings, connections);
    }

    /// <summary>A sensor's name as <see cref="Names"/> has it.</summary>
    internal static string NameOf(SensorSettings settings)
    {
        return Find(settings.Sensor).Name;
    }

    private static SensorKind Find(string name)
    {
        return s_kinds.FirstOrDefault(kind => string.Equals(kind.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new SensorException(SensorFault.BadSettings, $"There is no sensor \"{name}\".", $"Use one of {string.Join(", ", Names)}.");
    }
}
