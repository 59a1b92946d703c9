namespace EdgeQuant.Boards.Sensors;

/// <summary>
/// A sensor that is asked for each sample when it is due, by the board's clock. What was not asked for in time, because the board was busy or
/// the bus slow, is lost. A Linux board keeps such times to about a millisecond.
/// </summary>
/// <param name="description">What the sensor gives.</param>
/// <param name="time">The board's clock.</param>
internal abstract class PolledSensor(SensorDescription description, TimeProvider time) : ISensor
{
    private readonly TimeSpan _period = TimeSpan.FromSeconds(1000.0 / description.SampleRate);
    private readonly long _start = time.GetTimestamp();
    private long _next = 1;

    /// <inheritdoc/>
    public SensorDescription Description { get; } = description;

    /// <inheritdoc/>
    public long Lost { get; private set; }

    /// <inheritdoc/>
    public int Read(Span<short> samples, TimeSpan timeout)
    {
        int channels = Description.Channels.Count;
        if (samples.Length < channels)
        {
            return 0;
        }

        TimeSpan wait = (_next * _period) - time.GetElapsedTime(_start);
        if (wait > timeout)
        {
            time.Wait(timeout);
            return 0;
        }

        time.Wait(wait);
        Sample(samples[..channels]);
        long due = (long)(time.GetElapsedTime(_start) / _period);
        Lost += Math.Max(0, due - _next);
        _next = Math.Max(due, _next) + 1;
        return 1;
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Takes one sample now.</summary>
    /// <param name="sample">One value of each channel.</param>
    protected abstract void Sample(Span<short> sample);

    /// <summary>The count of a channel for a value in its unit.</summary>
    protected static short Count(double value, SensorChannel channel)
    {
        return (short)Math.Clamp(Math.Round(value / channel.Scale), channel.Lowest, channel.Highest);
    }
}
