namespace EdgeQuant.Boards;

/// <summary>
/// Sees whether samples can be believed: channels that are stuck or at the end of their range (<see cref="Examine"/>), samples that do not come in time
/// (<see cref="Arrived"/>). Knows no clock; allocates nothing after it was made.
/// </summary>
public sealed class SampleMonitor
{
    private const double StuckSeconds = 2;
    private const double SaturatedSeconds = 0.2;
    private const double RecoverySeconds = 0.2;
    private const double LateSeconds = 1;
    private const int FewestStuck = 16;
    private const int FewestSaturated = 4;
    private const int FewestLate = 20;

    private readonly SensorDescription _sensor;
    private readonly short[] _last;
    private readonly int[] _same;
    private readonly int[] _atEnd;
    private readonly int _stuckLimit;
    private readonly int _saturatedLimit;
    private readonly int _recovery;
    private readonly TimeSpan _late;
    private TimeSpan _lastArrival;
    private SensorFault? _next;
    private int _nextChannel;
    private int _channel;
    private int _good;

    /// <summary>Starts with a sensor that has just been opened.</summary>
    /// <param name="sensor">What it gives.</param>
    /// <param name="now">The time, since any fixed moment.</param>
    public SampleMonitor(SensorDescription sensor, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(sensor);
        _sensor = sensor;
        double rate = sensor.SampleRate / 1000.0;
        _last = new short[sensor.Channels.Count];
        _same = new int[sensor.Channels.Count];
        _atEnd = new int[sensor.Channels.Count];
        _stuckLimit = Math.Max(FewestStuck, (int)(StuckSeconds * rate));
        _saturatedLimit = Math.Max(FewestSaturated, (int)(SaturatedSeconds * rate));
        _recovery = Math.Max(1, (int)(RecoverySeconds * rate));
        _late = TimeSpan.FromSeconds(Math.Max(LateSeconds, FewestLate / rate));
        _lastArrival = now;
    }

    /// <summary>
    /// What is wrong with the samples that <see cref="Examine"/> took last: <see cref="SensorFault.Stuck"/> (one value of a noisy channel for 2 s, at least 16 samples) or
    /// <see cref="SensorFault.Saturated"/> (at the end of the range for 0.2 s, at least 4 samples); null: nothing, or nothing any more for 0.2 s.
    /// </summary>
    public SensorFault? Fault { get; private set; }

    /// <summary>Whether no samples came for 1 s, or 20 samples' time where that is longer.</summary>
    public bool IsLate { get; private set; }

    /// <summary>Takes samples up to the first one with which <see cref="Fault"/> changes; give that one and those behind it with the next call.</summary>
    /// <param name="samples">Interleaved whole samples.</param>
    /// <returns>How many samples (of all channels) <see cref="Fault"/> holds for: at least 1, unless there are none.</returns>
    public int Examine(ReadOnlySpan<short> samples)
    {
        int count = samples.Length / _last.Length;
        bool counted = _next != Fault;
        for (int i = 0; i < count; i++)
        {
            if (!counted)
            {
                Count(samples.Slice(i * _last.Length, _last.Length));
            }

            // A sample with which the state changes is seen twice, and counted once.
            counted = false;
            if (_next == Fault)
            {
                continue;
            }

            if (i > 0)
            {
                return i;
            }

            Fault = _next;
            _channel = _nextChannel;
        }

        return count;
    }

    /// <summary>Notes that samples came, or that none did.</summary>
    /// <param name="count">How many came (of all channels); 0: none.</param>
    /// <param name="now">The time, since the same moment as at the start.</param>
    public void Arrived(int count, TimeSpan now)
    {
        IsLate = now - _lastArrival >= _late;
        _lastArrival = count > 0 ? now : _lastArrival;
    }

    /// <summary>A fault for people.</summary>
    /// <param name="fault">Stuck, saturated or late, as they were seen last.</param>
    public SensorException Explain(SensorFault fault)
    {
        string channel = _sensor.Channels[_channel].Name;
        return fault switch
        {
            SensorFault.Stuck => new SensorException(
                fault, $"{_sensor.Name}: channel {channel} gives the same value all the time.", "Look at the wiring, and whether the sensor sleeps; samples count again when the value changes."),
            SensorFault.Saturated => new SensorException(
                fault, $"{_sensor.Name}: channel {channel} stays at the end of its range.", "A larger range helps if this happens in use; look at the wiring if it does not."),
            SensorFault.Late => new SensorException(
                fault, $"{_sensor.Name}: no samples came for {_late.TotalSeconds:0.###} s.", "Look at the wiring, and whether the board is busy with something else."),
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "A monitor sees stuck, saturated and late samples."),
        };
    }

    /// <summary>Counts one sample, and sets what it leads to.</summary>
    private void Count(ReadOnlySpan<short> sample)
    {
        int stuck = -1;
        int saturated = -1;
        for (int channel = 0; channel < sample.Length; channel++)
        {
            short value = sample[channel];
            SensorChannel limits = _sensor.Channels[channel];
            _same[channel] = _same[channel] > 0 && value == _last[channel] ? Math.Min(_same[channel] + 1, _stuckLimit) : 1;
            _last[channel] = value;
            _atEnd[channel] = value <= limits.Lowest || value >= limits.Highest ? Math.Min(_atEnd[channel] + 1, _saturatedLimit) : 0;
            stuck = stuck < 0 && limits.IsNoisy && _same[channel] >= _stuckLimit ? channel : stuck;
            saturated = saturated < 0 && _atEnd[channel] >= _saturatedLimit ? channel : saturated;
        }

        if (saturated >= 0)
        {
            (_next, _nextChannel, _good) = (SensorFault.Saturated, saturated, 0);
        }
        else if (stuck >= 0)
        {
            (_next, _nextChannel, _good) = (SensorFault.Stuck, stuck, 0);
        }
        else if (Fault is not null && ++_good >= _recovery)
        {
            (_next, _nextChannel, _good) = (null, 0, 0);
        }
    }
}
