namespace EdgeQuant.Boards.Simulator;

/// <summary>
/// A clock that only advances when it is told to: by who waits on it (<see cref="TimeProviderExtensions.Wait"/>) and by the transfers on
/// simulated buses. Timers fire while it advances, on the thread that advances it.
/// </summary>
public sealed class VirtualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<VirtualTimer> _timers = [];
    private long _ticks;

    /// <summary>Makes a clock that stands at <see cref="Start"/>.</summary>
    /// <param name="start">When it starts; by default the first of January 2026, so that runs can be compared.</param>
    public VirtualTime(DateTimeOffset? start = null)
    {
        Start = (start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).ToUniversalTime();
    }

    /// <summary>When the clock started.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>How far it has advanced.</summary>
    public TimeSpan Elapsed => new(Interlocked.Read(ref _ticks));

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        return Interlocked.Read(ref _ticks);
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        return Start + Elapsed;
    }

    /// <summary>Lets time pass; timers that are due fire in the order of their times.</summary>
    public void Advance(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        long end = Interlocked.Read(ref _ticks) + duration.Ticks;
        while (NextDue(end) is { } timer)
        {
            timer.Fire();
        }

        lock (_lock)
        {
            _ticks = Math.Max(_ticks, end);
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        VirtualTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Takes a timer out, and puts it in again with its next time if it has one.</summary>
    internal void Schedule(VirtualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            if (dueTime < TimeSpan.Zero)
            {
                return;
            }

            timer.Due = _ticks + dueTime.Ticks;
            timer.Period = period > TimeSpan.Zero ? period.Ticks : 0;
            _timers.Add(timer);
        }
    }

    private VirtualTimer? NextDue(long end)
    {
        lock (_lock)
        {
            VirtualTimer? next = null;
            foreach (VirtualTimer timer in _timers)
            {
                if (timer.Due <= end && (next is null || timer.Due < next.Due))
                {
                    next = timer;
                }
            }

            if (next is null)
            {
                return null;
            }

            _ticks = Math.Max(_ticks, next.Due);
            if (next.Period > 0)
            {
                next.Due += next.Period;
            }
            else
            {
                _timers.Remove(next);
            }

            return next;
        }
    }
}
