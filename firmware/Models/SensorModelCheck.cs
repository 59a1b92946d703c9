using EdgeQuant.Boards;
using EdgeQuant.Runtime;

namespace EdgeQuant.Firmware.Models;

/// <summary>Whether the sensor gives what a model takes: as many channels, at its rate.</summary>
public sealed class SensorModelCheck : IModelCheck
{
    private const double RateTolerance = 0.05;

    private SensorDescription? _sensor;

    /// <summary>The sensor as it was opened last; null: not yet, and every model is right.</summary>
    public SensorDescription? Sensor
    {
        get => Volatile.Read(ref _sensor);
        set => Volatile.Write(ref _sensor, value);
    }

    /// <inheritdoc/>
    public void Check(byte[] file, Pipeline pipeline)
    {
        if (Sensor is { } sensor)
        {
            Check(sensor, pipeline);
        }
    }

    /// <summary>Checks a model against a sensor.</summary>
    /// <exception cref="ModelRefusedException">They do not fit.</exception>
    public static void Check(SensorDescription sensor, Pipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(sensor);
        ArgumentNullException.ThrowIfNull(pipeline);
        if (sensor.Channels.Count != pipeline.Channels)
        {
            throw new ModelRefusedException(
                ModelRefusal.OtherSensor,
                $"the model takes {pipeline.Channels} channels; {sensor.Name} gives {sensor.Channels.Count} ({string.Join(", ", sensor.Channels.Select(channel => channel.Name))}). "
                + "Name the channels that the model was trained with in the configuration's sensor.channels.");
        }

        if (Math.Abs(((double)sensor.SampleRate / pipeline.SampleRate) - 1) > RateTolerance)
        {
            throw new ModelRefusedException(
                ModelRefusal.OtherSensor,
                $"the model takes {Hertz(pipeline.SampleRate)} samples a second; {sensor.Name} gives {Hertz(sensor.SampleRate)}. "
                + "Set the configuration's sensor.sampleRate, or train the model with what the sensor can do.");
        }
    }

    private static string Hertz(int millihertz)
    {
        return (millihertz / 1000.0).ToString("0.###");
    }
}
