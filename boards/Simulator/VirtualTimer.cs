namespace EdgeQuant.Boards.Simulator;

/// <summary>A timer of <see cref="VirtualTime"/>.</summary>
internal sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
{
    private volatile bool _disposed;

    /// <summary>When it fires next, in ticks of the clock.</summary>
    public long Due { get; set; }

    /// <summary>Ticks from one time to the next; 0: it fires once.</summary>
    public long Period { get; set; }

    /// <inheritdoc/>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_disposed)
        {
            return false;
        }

        time.Schedule(this, dueTime, period);
        return true;
    }

    /// <summary>Calls what waits for it.</summary>
    public void Fire()
    {
        if (!_disposed)
        {
            callback(state);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        time.Schedule(this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
