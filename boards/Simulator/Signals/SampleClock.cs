namespace EdgeQuant.Boards.Simulator.Signals;

/// <summary>The sampling of a device that samples by itself: which samples are due, and the faults that concern their times.</summary>
/// <param name="signal">What is sampled.</param>
/// <param name="time">The clock.</param>
/// <param name="faults">The device's faults.</param>
internal sealed class SampleClock(SimulatedSignal signal, VirtualTime time, FaultSchedule faults)
{
    private TimeSpan _period;
    private TimeSpan _next = TimeSpan.MaxValue;

    /// <summary>Samples that were lost.</summary>
    public long Skipped { get; private set; }

    /// <summary>Takes a sample each period from now on, the first one after a period.</summary>
    public void Start(TimeSpan period)
    {
        _period = period;
        _next = time.Elapsed + period;
    }

    /// <summary>Takes no more samples.</summary>
    public void Stop()
    {
        _next = TimeSpan.MaxValue;
    }

    /// <summary>Takes the next sample that is due.</summary>
    /// <param name="values">One value for each channel of the device.</param>
    /// <returns>Whether one is due that was not taken yet.</returns>
    public bool TryTake(Span<float> values)
    {
        while (_next <= time.Elapsed && !faults.Has(FaultKind.Late))
        {
            TimeSpan at = _next;
            _next += _period;
            if (!signal.Take(at, values))
            {
                Stop();
                return false;
            }

            if (!faults.Has(FaultKind.Lost, at))
            {
                return true;
            }

            Skipped++;
        }

        return false;
    }
}
