using EdgeQuant.Boards;

namespace EdgeQuant.Firmware.Monitoring;

/// <summary>
/// Decides whether samples may be classified. It sees what the values themselves show, channels that are stuck or at the end of their range
/// (<see cref="Examine"/>), and what their times show: late, missing, at another rate (<see cref="Arrived"/>). Knows no clock; allocates
/// nothing after <see cref="Start"/>.
/// </summary>
/// <param name="options">From when on samples are no longer believed; null: the usual limits.</param>
public sealed class SampleMonitor(SampleMonitorOptions? options = null)
{
    private const int FewestStuck = 16;
    private const int FewestSaturated = 4;
    private const int FewestLatePeriods = 20;

    private readonly SampleMonitorOptions _options = options ?? new SampleMonitorOptions();
    private short[] _last = [];
    private short[] _lowest = [];
    private short[] _highest = [];
    private int[] _same = [];
    private int[] _atEnd = [];
    private int _stuckLimit;
    private int _saturatedLimit;
    private int _recovery;
    private int _good;
    private bool _first;
    private bool _changeIsDue;
    private SampleState _next;
    private int _nextChannel;
    private double _rate;
    private TimeSpan _late;
    private TimeSpan _missing;
    private TimeSpan _lastArrival;
    private TimeSpan _windowStart;
    private long _windowSamples;

    /// <summary>What is to be thought of the samples that <see cref="Examine"/> has just taken.</summary>
    public SampleState State { get; private set; }

    /// <summary>The channel that is the reason for it.</summary>
    public int Channel { get; private set; }

    /// <summary>What is to be thought of their times.</summary>
    public ArrivalState Arrival { get; private set; }

    /// <summary>Samples a second that came in the last <see cref="SampleMonitorOptions.RateWindow"/>; 0: not known yet.</summary>
    public double MeasuredRate { get; private set; }

    /// <summary>How long it may be until the next samples come.</summary>
    public TimeSpan LateAfter => _late;

    /// <summary>Starts over with a sensor that has just been opened.</summary>
    /// <param name="sensor">What it gives.</param>
    /// <param name="now">The time, since any fixed moment.</param>
    public void Start(SensorDescription sensor, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(sensor);
        int channels = sensor.Channels.Count;
        _rate = sensor.SampleRate / 1000.0;
        _last = new short[channels];
        _same = new int[channels];
        _atEnd = new int[channels];
        _lowest = [.. sensor.Channels.Select(channel => channel.Lowest)];
        _highest = [.. sensor.Channels.Select(channel => channel.Highest)];
        _stuckLimit = Samples(_options.Stuck, FewestStuck);
        _saturatedLimit = Samples(_options.Saturated, FewestSaturated);
        _recovery = Math.Max(1, (int)(_options.Recovery.TotalSeconds * _rate));
        TimeSpan fewestPeriods = TimeSpan.FromSeconds(FewestLatePeriods / _rate);
        _late = AtLeast(_options.Late, fewestPeriods);
        _missing = AtLeast(_options.Missing, fewestPeriods);
        State = SampleState.Good;
        Channel = 0;
        _good = 0;
        _changeIsDue = false;
        _first = true;
        Arrival = ArrivalState.InTime;
        MeasuredRate = 0;
        _lastArrival = now;
        RestartRate(now);
    }

    /// <summary>Takes samples up to the first one with which <see cref="State"/> changes; that one is the first of the next call.</summary>
    /// <param name="samples">Interleaved whole samples.</param>
    /// <returns>How many samples (of all channels) <see cref="State"/> holds for: at least 1, unless there are none.</returns>
    public int Examine(ReadOnlySpan<short> samples)
    {
        int count = samples.Length / _last.Length;
        int i = 0;
        if (_changeIsDue && count > 0)
        {
            // This sample was counted when it ended the call before.
            _changeIsDue = false;
            State = _next;
            Channel = _nextChannel;
            i = 1;
        }

        for (; i < count; i++)
        {
            Count(samples.Slice(i * _last.Length, _last.Length));
            if (_next == State)
            {
                continue;
            }

            if (i > 0)
            {
                _changeIsDue = true;
                return i;
            }

            State = _next;
            Channel = _nextChannel;
        }

        return count;
    }

    /// <summary>Notes when samples came, or that none did.</summary>
    /// <param name="count">How many came (of all channels); 0: none.</param>
    /// <param name="now">The time, since the same moment as in <see cref="Start"/>.</param>
    /// <returns>What is to be thought of their times, as <see cref="Arrival"/>.</returns>
    public ArrivalState Arrived(int count, TimeSpan now)
    {
        TimeSpan silence = now - _lastArrival;
        if (count == 0)
        {
            Arrival = _missing > TimeSpan.Zero && silence >= _missing ? ArrivalState.Missing
                : _late > TimeSpan.Zero && silence >= _late ? ArrivalState.Late
                : Arrival;
            return Arrival;
        }

        bool wasLate = Arrival is ArrivalState.Late or ArrivalState.Missing;
        _lastArrival = now;
        if (wasLate || (_late > TimeSpan.Zero && silence >= _late))
        {
            RestartRate(now);
            Arrival = wasLate ? ArrivalState.InTime : ArrivalState.Late;
            return Arrival;
        }

        if (Arrival == ArrivalState.Late)
        {
            Arrival = ArrivalState.InTime;
        }

        _windowSamples += count;
        TimeSpan window = now - _windowStart;
        if (_options.RateTolerance > 0 && window >= _options.RateWindow)
        {
            MeasuredRate = _windowSamples / window.TotalSeconds;
            Arrival = Math.Abs((MeasuredRate / _rate) - 1) > _options.RateTolerance ? ArrivalState.WrongRate : ArrivalState.InTime;
            RestartRate(now);
        }

        return Arrival;
    }

    /// <summary>Samples were lost: their rate is measured anew.</summary>
    /// <param name="now">The time, since the same moment as in <see cref="Start"/>.</param>
    public void Lost(TimeSpan now)
    {
        RestartRate(now);
    }

    private static TimeSpan AtLeast(TimeSpan limit, TimeSpan least)
    {
        return limit <= TimeSpan.Zero || limit > least ? limit : least;
    }

    private void RestartRate(TimeSpan now)
    {
        _windowStart = now;
        _windowSamples = 0;
    }

    private int Samples(TimeSpan duration, int fewest)
    {
        return duration <= TimeSpan.Zero ? int.MaxValue : (int)Math.Clamp(duration.TotalSeconds * _rate, fewest, int.MaxValue - 1);
    }

    /// <summary>Counts one sample, and sets what state and channel it leads to.</summary>
    private void Count(ReadOnlySpan<short> sample)
    {
        int stuck = -1;
        int saturated = -1;
        for (int channel = 0; channel < sample.Length; channel++)
        {
            short value = sample[channel];
            _same[channel] = !_first && value == _last[channel] ? Math.Min(_same[channel] + 1, int.MaxValue - 1) : 1;
            _last[channel] = value;
            bool atEnd = value <= _lowest[channel] || value >= _highest[channel];
            _atEnd[channel] = atEnd ? Math.Min(_atEnd[channel] + 1, int.MaxValue - 1) : 0;
            stuck = _same[channel] >= _stuckLimit ? channel : stuck;
            saturated = _atEnd[channel] >= _saturatedLimit ? channel : saturated;
        }

        _first = false;
        if (saturated >= 0)
        {
            (_next, _nextChannel, _good) = (SampleState.Saturated, saturated, 0);
        }
        else if (stuck >= 0)
        {
            (_next, _nextChannel, _good) = (SampleState.Stuck, stuck, 0);
        }
        else if (State != SampleState.Good && ++_good >= _recovery)
        {
            (_next, _nextChannel, _good) = (SampleState.Good, 0, 0);
        }
    }
}
