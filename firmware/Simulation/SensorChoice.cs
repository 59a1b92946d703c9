using System.Globalization;
using EdgeQuant.Boards;
using EdgeQuant.Firmware.Models;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Signal;

namespace EdgeQuant.Firmware.Simulation;

/// <summary>
/// Which sensor suits a model, and how it is set up for it. A model says of each channel what it measures, not what it is called: it gets the sensor's
/// channels of that unit, in their order.
/// </summary>
internal static class SensorChoice
{
    /// <summary>The first sensor of the catalog that measures all that a model takes.</summary>
    /// <exception cref="SimulationException">There is none.</exception>
    public static string SensorFor(Pipeline pipeline)
    {
        return SensorCatalog.Names.FirstOrDefault(name => Missing(pipeline, name, out _) < 0)
            ?? throw new SimulationException(
                $"No sensor measures the {pipeline.Channels} channels that the model takes: {string.Join(", ", Enumerable.Range(0, pipeline.Channels).Select(pipeline.ChannelUnit))}. There are {string.Join(", ", SensorCatalog.Names)}.");
    }

    /// <summary>The settings with which a sensor gives a model what it takes: its channels at its rate.</summary>
    /// <param name="pipeline">The model.</param>
    /// <param name="sensor">The sensor's name.</param>
    /// <exception cref="SensorException">There is no such sensor.</exception>
    /// <exception cref="SimulationException">The sensor does not measure all that the model takes.</exception>
    public static SensorSettings SettingsFor(Pipeline pipeline, string sensor)
    {
        int missing = Missing(pipeline, sensor, out List<SensorChannel> channels);
        if (missing >= 0)
        {
            string known = string.Join(", ", SensorCatalog.ChannelsOf(sensor).Select(channel => $"{channel.Name} ({channel.Unit})"));
            throw new SimulationException(
                $"Channel {missing + 1} of the {pipeline.Channels} that the model takes has the unit {pipeline.ChannelUnit(missing)}, and the sensor {sensor} has no channel for it any more: it has {known}. Take another sensor.");
        }

        return new SensorSettings { Sensor = sensor, SampleRate = pipeline.SampleRate, Channels = [.. channels.Select(channel => channel.Name)] };
    }

    /// <summary>The sensors that give a model exactly what it takes, in one of their ranges: channels, units, size of a count.</summary>
    public static IReadOnlyList<string> SensorsFor(Pipeline pipeline)
    {
        return [.. SensorCatalog.Names.Where(name => Missing(pipeline, name, out _) < 0 && InRange(SettingsFor(pipeline, name), pipeline) is not null)];
    }

    /// <summary>The settings with which a real sensor gives a model exactly what it takes: its channels at its rate, in the range in which a count is as large as the model's.</summary>
    /// <param name="pipeline">The model.</param>
    /// <param name="sensor">The sensor's name.</param>
    /// <exception cref="SensorException">There is no such sensor.</exception>
    /// <exception cref="SimulationException">The sensor does not measure all that the model takes.</exception>
    /// <exception cref="ModelRefusedException">None of its ranges has counts of the model's size.</exception>
    public static SensorSettings FittingSettingsFor(Pipeline pipeline, string sensor)
    {
        SensorSettings settings = SettingsFor(pipeline, sensor);
        if (InRange(settings, pipeline) is { } fitting)
        {
            return fitting;
        }

        SensorFit.Check(Description(settings), pipeline);
        return settings;
    }

    /// <summary>A rate for people.</summary>
    /// <param name="rate">In millihertz.</param>
    public static string Hertz(int rate)
    {
        return (rate / 1000.0).ToString("0.###", CultureInfo.InvariantCulture);
    }

    /// <summary>The settings in the first range, the usual one before all others, that fits; null if none does.</summary>
    private static SensorSettings? InRange(SensorSettings settings, Pipeline pipeline)
    {
        foreach (int? range in (int?[])[null, .. SensorCatalog.RangesOf(settings.Sensor)])
        {
            foreach (int? rotation in (int?[])[null, .. SensorCatalog.RotationRangesOf(settings.Sensor)])
            {
                SensorSettings ranged = settings with { Range = range, RotationRange = rotation };
                if (SensorFit.Fits(Description(ranged), pipeline))
                {
                    return ranged;
                }
            }
        }

        return null;
    }

    private static SensorDescription Description(SensorSettings settings)
    {
        IReadOnlyList<SensorChannel> all = SensorCatalog.ChannelsOf(settings);
        return new SensorDescription(settings.Sensor, [.. settings.Channels!.Select(name => all.First(channel => channel.Name == name))], settings.SampleRate!.Value);
    }

    /// <summary>The model's first channel that the sensor does not measure; -1 if there is none.</summary>
    private static int Missing(Pipeline pipeline, string sensor, out List<SensorChannel> channels)
    {
        List<SensorChannel> left = [.. SensorCatalog.ChannelsOf(sensor)];
        channels = [];
        for (int i = 0; i < pipeline.Channels; i++)
        {
            SignalUnit unit = pipeline.ChannelUnit(i);
            if (left.Find(channel => unit == SignalUnit.None || SensorFit.Factor(channel.Unit, unit) > 0) is not { } found)
            {
                return i;
            }

            left.Remove(found);
            channels.Add(found);
        }

        return -1;
    }
}
