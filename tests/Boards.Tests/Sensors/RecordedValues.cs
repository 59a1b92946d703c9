using EdgeQuant.Boards.Simulator.Signals;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeQuant.Boards.Tests.Sensors;

/// <summary>Recordings with values all over the ranges of a sensor's channels, and whether the sensor gave them back.</summary>
internal static class RecordedValues
{
    /// <summary>Values of whole samples, at least one.</summary>
    public static Gen<float[]> Of(string sensor)
    {
        IReadOnlyList<SensorChannel> channels = SensorCatalog.ChannelsOf(sensor);
        return Gen.Choose(0, 9999).ArrayOf().Select(parts => Values(parts, channels)).Where(values => values.Length > 0);
    }

    public static RecordingSignal Signal(string sensor, float[] values, int rate)
    {
        return new RecordingSignal(SimulatedSensor.Recording([.. SensorCatalog.ChannelsOf(sensor).Select(channel => channel.Name)], values), rate);
    }

    public static bool AreWithinOneCount(SensorDescription sensor, float[] values, short[] read)
    {
        for (int i = 0; i < values.Length; i++)
        {
            float scale = sensor.Channels[i % sensor.Channels.Count].Scale;
            if (Math.Abs((read[i] * scale) - values[i]) > scale)
            {
                return false;
            }
        }

        return true;
    }

    private static float[] Values(int[] parts, IReadOnlyList<SensorChannel> channels)
    {
        return [.. parts.Take(parts.Length / channels.Count * channels.Count).Select((part, i) => Value(part, channels[i % channels.Count]))];
    }

    private static float Value(int part, SensorChannel channel)
    {
        return (channel.Lowest + ((channel.Highest - channel.Lowest) * (part / 9999f))) * channel.Scale;
    }
}
