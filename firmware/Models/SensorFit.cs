using System.Globalization;
using EdgeQuant.Boards;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Signal;

namespace EdgeQuant.Firmware.Models;

/// <summary>Whether a sensor gives what a model takes: as many channels, in its units and counts, at its rate.</summary>
public static class SensorFit
{
    private const double RateTolerance = 0.05;
    private const double ScaleTolerance = 0.01;
    private const double StandardGravity = 9.80665;

    /// <summary>Checks a model against a sensor.</summary>
    /// <exception cref="ModelRefusedException">They do not fit; the message says how to make them.</exception>
    public static void Check(SensorDescription sensor, Pipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(sensor);
        ArgumentNullException.ThrowIfNull(pipeline);
        if (sensor.Channels.Count != pipeline.Channels)
        {
            throw new ModelRefusedException(
                $"The model takes {pipeline.Channels} channels; {sensor.Name} gives {sensor.Channels.Count} ({string.Join(", ", sensor.Channels.Select(channel => channel.Name))}). "
                + "Name the channels that the model was trained with in sensor.channels of the configuration.");
        }

        if (Math.Abs(((double)sensor.SampleRate / pipeline.SampleRate) - 1) > RateTolerance)
        {
            throw new ModelRefusedException(
                $"The model takes {Number(pipeline.SampleRate / 1000.0)} samples a second; {sensor.Name} gives {Number(sensor.SampleRate / 1000.0)}. "
                + "Set sensor.sampleRate of the configuration, or train the model with what the sensor can do.");
        }

        for (int i = 0; i < pipeline.Channels; i++)
        {
            CheckChannel(sensor, sensor.Channels[i], pipeline.ChannelUnit(i), BitConverter.Int32BitsToSingle(pipeline.ChannelScaleBits(i)));
        }
    }

    /// <summary>Whether <see cref="Check"/> finds nothing.</summary>
    internal static bool Fits(SensorDescription sensor, Pipeline pipeline)
    {
        try
        {
            Check(sensor, pipeline);
            return true;
        }
        catch (ModelRefusedException)
        {
            return false;
        }
    }

    private static void CheckChannel(SensorDescription sensor, SensorChannel channel, SignalUnit unit, float scale)
    {
        if (unit == SignalUnit.None)
        {
            return;
        }

        double factor = Factor(channel.Unit, unit);
        if (factor == 0)
        {
            throw new ModelRefusedException(
                $"Channel {channel.Name} of {sensor.Name} is in {channel.Unit}; the model takes {unit} there. Name the channels in the order that the model was trained with in sensor.channels of the configuration.");
        }

        double given = channel.Scale * factor;
        if (scale > 0 && Math.Abs((given / scale) - 1) > ScaleTolerance)
        {
            throw new ModelRefusedException(
                $"One count of channel {channel.Name} of {sensor.Name} is {Number(given)} ({unit}); the model takes {Number(scale)}. "
                + "Set sensor.range or sensor.rotationRange of the configuration to what the model was made for, or convert it with \"perCount\" of this sensor in its front end.");
        }
    }

    /// <summary>How many of a model's unit a sensor's unit is; 0: they measure different things.</summary>
    internal static double Factor(string from, SignalUnit to)
    {
        return (from, to) switch
        {
            ("g", SignalUnit.Gravity) => 1,
            ("g", SignalUnit.MetrePerSecondSquared) => StandardGravity,
            ("deg/s", SignalUnit.DegreePerSecond) => 1,
            ("deg/s", SignalUnit.RadianPerSecond) => Math.PI / 180,
            ("FS", SignalUnit.FullScale) => 1,
            ("V", SignalUnit.Volt) => 1,
            ("degC", SignalUnit.DegreeCelsius) => 1,
            ("hPa", SignalUnit.Pascal) => 100,
            ("%", SignalUnit.Relative) => 0.01,
            _ => 0,
        };
    }

    private static string Number(double value)
    {
        return value.ToString("G6", CultureInfo.InvariantCulture);
    }
}
