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
        new("mpu6050", MpuSensor.AllChannels, MpuSensor.Open) { Ranges = MpuChip.Ranges, RotationRanges = MpuChip.RotationRanges },
        new("mpu6886", MpuSensor.AllChannels, MpuSensor.Open) { Ranges = MpuChip.Ranges, RotationRanges = MpuChip.RotationRanges },
        new("adxl345", Adxl345Sensor.AllChannels, Adxl345Sensor.Open) { Ranges = Adxl345Sensor.Ranges },
        new("bme280", Bme280Sensor.AllChannels, Bme280Sensor.Open),
        new("ads1115", Ads1115Sensor.AllChannels, Ads1115Sensor.Open) { Ranges = Ads1115Sensor.Ranges },
        new("mcp3008", Mcp3008Sensor.AllChannels, Mcp3008Sensor.Open) { HasAnyRange = true },
        new("microphone", MicrophoneSensor.AllChannels, MicrophoneSensor.Open),
    ];

    /// <summary>The names of all sensors.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_kinds.Select(kind => kind.Name)];

    /// <summary>All channels that a sensor has, in its usual order and with its usual ranges.</summary>
    /// <param name="sensor">The sensor's name.</param>
    /// <exception cref="SensorException">There is no such sensor.</exception>
    public static IReadOnlyList<SensorChannel> ChannelsOf(string sensor)
    {
        return ChannelsOf(new SensorSettings { Sensor = sensor });
    }

    /// <summary>All channels that a sensor has, in its usual order and with the ranges that its settings say.</summary>
    /// <exception cref="SensorException">There is no such sensor, or it does not have these ranges.</exception>
    public static IReadOnlyList<SensorChannel> ChannelsOf(SensorSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Find(settings).Channels(settings);
    }

    /// <summary>The ranges that a sensor has: of its accelerometer in g, of an analog input in millivolts. Empty where it has none, or any.</summary>
    /// <exception cref="SensorException">There is no such sensor.</exception>
    public static IReadOnlyList<int> RangesOf(string sensor)
    {
        return Find(sensor).Ranges;
    }

    /// <summary>The ranges of a sensor's gyroscope, in degrees per second; empty without one.</summary>
    /// <exception cref="SensorException">There is no such sensor.</exception>
    public static IReadOnlyList<int> RotationRangesOf(string sensor)
    {
        return Find(sensor).RotationRanges;
    }

    /// <summary>Opens a sensor and starts it.</summary>
    /// <exception cref="SensorException">It is not there, is another one, or cannot do what the settings ask.</exception>
    public static ISensor Open(SensorSettings settings, IBoardConnections connections)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(connections);
        return Find(settings).Open(settings, connections);
    }

    /// <summary>A sensor's name as <see cref="Names"/> has it.</summary>
    internal static string NameOf(SensorSettings settings)
    {
        return Find(settings.Sensor).Name;
    }

    /// <summary>The sensor that settings name, which has what they set.</summary>
    private static SensorKind Find(SensorSettings settings)
    {
        SensorKind kind = Find(settings.Sensor);
        if (settings.Range is not null && kind.Ranges.Count == 0 && !kind.HasAnyRange)
        {
            throw new SensorException(SensorFault.BadSettings, $"The sensor {kind.Name} has one range only.", "Leave the range out.");
        }

        return settings.RotationRange is null || kind.RotationRanges.Count > 0
            ? kind
            : throw new SensorException(SensorFault.BadSettings, $"The sensor {kind.Name} has no gyroscope, and so no range of rotation.", "Leave the range of rotation out.");
    }

    private static SensorKind Find(string name)
    {
        return s_kinds.FirstOrDefault(kind => string.Equals(kind.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new SensorException(SensorFault.BadSettings, $"There is no sensor \"{name}\".", $"Use one of {string.Join(", ", Names)}.");
    }
}
