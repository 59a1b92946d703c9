namespace EdgeQuant.Boards.Sensors;

/// <summary>
/// A sensor that samples by its own clock and keeps the samples in a FIFO until they are fetched. That samples were lost shows in two ways:
/// the FIFO says that it overflowed, or it holds clearly fewer samples than must have come since it was looked at.
/// </summary>
/// <param name="description">What the sensor gives.</param>
/// <param name="rate">The rate of its samples, in hertz.</param>
/// <param name="time">The board's clock.</param>
internal abstract class FifoSensor(SensorDescription description, double rate, TimeProvider time) : ISensor
{
    /// <summary>How far the clocks of sensor and board may differ before samples count as lost, as a part.</summary>
    private const double ClockTolerance = 0.05;
    private const int SampleTolerance = 2;

    private static readonly TimeSpan s_shortestWait = TimeSpan.FromMilliseconds(2);

    private readonly int _channels = description.Channels.Count;
    private readonly TimeSpan _wait = TimeSpan.FromSeconds(Math.Max(s_shortestWait.TotalSeconds, 1 / rate));
    private long _lastArrival = time.GetTimestamp();
    private int _waiting;

    /// <inheritdoc/>
    public SensorDescription Description { get; } = description;

    /// <inheritdoc/>
    public long Lost { get; private set; }

    /// <inheritdoc/>
    public int Read(Span<short> samples, TimeSpan timeout)
    {
        int room = samples.Length / _channels;
        long start = time.GetTimestamp();
        while (room > 0)
        {
            Look();
            if (_waiting > 0)
            {
                int count = Math.Min(_waiting, room);
                Take(samples[..(count * _channels)]);
                _waiting -= count;
                return count;
            }

            TimeSpan rest = timeout - time.GetElapsedTime(start);
            if (rest <= TimeSpan.Zero)
            {
                break;
            }

            time.Wait(rest < _wait ? rest : _wait);
        }

        return 0;
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Starts to count samples: the FIFO is empty now.</summary>
    protected void Started()
    {
        _lastArrival = time.GetTimestamp();
    }

    /// <summary>Looks how many samples the FIFO holds.</summary>
    /// <param name="overflowed">Whether it overflowed since it was last asked. What it holds behind that is whole samples, or none.</param>
    protected abstract int Count(out bool overflowed);

    /// <summary>Fetches samples from the FIFO.</summary>
    /// <param name="samples">Where they go; as many as fill it are there.</param>
    protected abstract void Take(Span<short> samples);

    private void Look()
    {
        int waiting = Count(out bool overflowed);
        int arrived = waiting - _waiting;
        if (arrived <= 0 && !overflowed)
        {
            return;
        }

        double expected = time.GetElapsedTime(_lastArrival).TotalSeconds * rate;
        double missing = expected - arrived;
        if (overflowed || missing > SampleTolerance + (expected * ClockTolerance))
        {
            Lost += Math.Max(1, (long)Math.Round(missing));
        }

        _lastArrival = time.GetTimestamp();
        _waiting = waiting;
    }
}
