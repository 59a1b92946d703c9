using EdgeQuant.Boards;
using EdgeQuant.Runtime;

namespace EdgeQuant.Firmware.Simulation;

/// <summary>Counts of a sensor in the counts of a model, channel by channel, rounded and clamped to 16 bits.</summary>
internal sealed class SampleScaling
{
    private readonly float[] _factors;

    /// <summary>Compares what one count of each is.</summary>
    /// <param name="sensor">What the sensor gives.</param>
    /// <param name="pipeline">The model. Where it does not know what a count is, the sensor's counts are taken.</param>
    /// <exception cref="SimulationException">The sensor gives other channels than the model takes.</exception>
    public SampleScaling(SensorDescription sensor, Pipeline pipeline)
    {
        if (sensor.Channels.Count != pipeline.Channels)
        {
            throw new SimulationException($"The model takes {pipeline.Channels} channels; {sensor.Name} gives {sensor.Channels.Count} ({string.Join(", ", sensor.Channels.Select(channel => channel.Name))}). Name as many as the model takes.");
        }

        _factors = [.. sensor.Channels.Select((channel, i) => Factor(channel, pipeline, i))];
    }

    /// <summary>Scales whole samples.</summary>
    public void Apply(ReadOnlySpan<short> sensor, Span<short> model)
    {
        for (int i = 0; i < sensor.Length; i++)
        {
            model[i] = (short)Math.Clamp(MathF.Round(sensor[i] * _factors[i % _factors.Length]), short.MinValue, short.MaxValue);
        }
    }

    private static float Factor(SensorChannel channel, Pipeline pipeline, int index)
    {
        float scale = BitConverter.Int32BitsToSingle(pipeline.ChannelScaleBits(index));
        double factor = ModelUnit.Factor(channel, pipeline.ChannelUnit(index))
            ?? throw new SimulationException($"Channel {index + 1} of the model has the unit {pipeline.ChannelUnit(index)}; the sensor's channel {channel.Name} measures {channel.Unit}. Name channels in the model's order.");
        return scale > 0 && pipeline.ChannelUnit(index) != Runtime.Signal.SignalUnit.None ? (float)(channel.Scale * factor / scale) : 1;
    }
}
