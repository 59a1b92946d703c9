using EdgeQuant.Boards;
using EdgeQuant.Firmware.Models;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Signal;

namespace EdgeQuant.Firmware.Simulation;

/// <summary>
/// A sensor whose counts are those that a model takes, so that a model for any sensor can be simulated: scaled channel by channel, rounded and clamped to
/// 16 bits.
/// </summary>
internal sealed class ScaledSensor : ISensor
{
    private readonly ISensor _sensor;
    private readonly ISampleObserver? _observer;
    private readonly float[] _factors;

    /// <summary>Scales a sensor.</summary>
    /// <param name="sensor">The sensor, with as many channels as the model takes; it is disposed of with this.</param>
    /// <param name="pipeline">The model. Where it does not know what a count is, the sensor's counts are taken.</param>
    /// <param name="observer">Sees the scaled samples; null: nobody does.</param>
    public ScaledSensor(ISensor sensor, Pipeline pipeline, ISampleObserver? observer)
    {
        _sensor = sensor;
        _observer = observer;
        _factors = [.. sensor.Description.Channels.Select((channel, i) => Factor(channel, pipeline.ChannelUnit(i), BitConverter.Int32BitsToSingle(pipeline.ChannelScaleBits(i))))];
        Description = sensor.Description with { Channels = [.. sensor.Description.Channels.Select((channel, i) => Scaled(channel, _factors[i]))] };
        observer?.Opened(Description);
    }

    /// <inheritdoc/>
    public SensorDescription Description { get; }

    /// <inheritdoc/>
    public long Lost => _sensor.Lost;

    /// <summary>Samples that were read.</summary>
    public long Samples { get; private set; }

    /// <inheritdoc/>
    public int Read(Span<short> samples, TimeSpan timeout)
    {
        int count = _sensor.Read(samples, timeout);
        for (int i = 0; i < count * _factors.Length; i++)
        {
            samples[i] = Scaled(samples[i], _factors[i % _factors.Length]);
        }

        Samples += count;
        if (count > 0)
        {
            _observer?.Read(samples[..(count * _factors.Length)]);
        }

        return count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sensor.Dispose();
    }

    private static float Factor(SensorChannel channel, SignalUnit unit, float scale)
    {
        return unit == SignalUnit.None || !(scale > 0) ? 1 : (float)(channel.Scale * SensorFit.Factor(channel.Unit, unit) / scale);
    }

    private static SensorChannel Scaled(SensorChannel channel, float factor)
    {
        return channel with { Scale = channel.Scale / factor, Lowest = Scaled(channel.Lowest, factor), Highest = Scaled(channel.Highest, factor) };
    }

    private static short Scaled(short count, float factor)
    {
        return (short)Math.Clamp(MathF.Round(count * factor), short.MinValue, short.MaxValue);
    }
}
