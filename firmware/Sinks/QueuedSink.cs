namespace EdgeQuant.Firmware.Sinks;

/// <summary>
/// A sink with a bounded queue and a thread that delivers from it, in order and at least once: what was not delivered is tried again until
/// it is. Where the queue is full the oldest in it are dropped, and it is said how many and from when. <see cref="QueueOptions.Confirmation"/>
/// says whether <see cref="Emit"/> waits for the delivery. Waiting is done by the system's clock, because disks and brokers live in no
/// virtual time.
/// </summary>
public abstract class QueuedSink : IDecisionSink
{
    private const int LargestBatch = 64;

    private readonly object _lock = new();
    private readonly SinkEntry[] _queue;
    private readonly SinkEntry[] _batch = new SinkEntry[LargestBatch];
    private readonly QueueOptions _options;
    private readonly Action<DeviceEvent> _report;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _first;
    private int _count;
    private int _batchCount;

    /// <summary>Entries in queue and batch. Guarded by the lock, unlike <see cref="_batchCount"/>, which is the thread's own.</summary>
    private int _waiting;
    private bool _failing;
    private bool _behind;
    private bool _stopping;
    private bool _started;
    private long _deadline;
    private long _droppedDecisions;
    private long _droppedEvents;
    private DateTimeOffset _droppedFrom;
    private DateTimeOffset _droppedUntil;

    /// <summary>Makes a sink; its thread starts with the first entry.</summary>
    /// <param name="name">What messages call it: <c>log /var/lib/edgequant/decisions.jsonl</c>.</param>
    /// <param name="options">Its queue.</param>
    /// <param name="report">Told when it fails, is late, is back, or has dropped something. Called from its thread and from the one that emits.</param>
    protected QueuedSink(string name, QueueOptions options, Action<DeviceEvent> report)
    {
        ArgumentNullException.ThrowIfNull(options);
        Name = name;
        _options = options;
        _report = report;
        _queue = new SinkEntry[options.Capacity];
    }

    /// <summary>What messages call it.</summary>
    public string Name { get; }

    /// <summary>How often <see cref="Idle"/> is called while nothing comes; infinite: never.</summary>
    protected virtual TimeSpan IdleInterval => Timeout.InfiniteTimeSpan;

    /// <inheritdoc/>
    public void Emit(in DecisionRecord decision)
    {
        if (decision.Raised || !_options.OnlyRaised)
        {
            Add(new SinkEntry(decision, null), _options.Confirmation);
        }
    }

    /// <inheritdoc/>
    public void Report(DeviceEvent happening)
    {
        Add(new SinkEntry(default, happening), TimeSpan.Zero);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        bool started;
        lock (_lock)
        {
            started = _started;
            if (!_stopping)
            {
                _stopping = true;
                _deadline = Environment.TickCount64 + (long)_options.Farewell.TotalMilliseconds;
                Monitor.PulseAll(_lock);
            }
        }

        if (started)
        {
            await _ended.Task.ConfigureAwait(false);
        }

        await CloseAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    /// <summary>Delivers entries, oldest first; when it returns they are where they should be.</summary>
    /// <exception cref="DeliveryException">Not all of them could be delivered.</exception>
    protected abstract void Deliver(ReadOnlySpan<SinkEntry> entries);

    /// <summary>Called on the sink's thread while nothing comes.</summary>
    /// <exception cref="DeliveryException">Something is wrong that the next delivery would meet as well.</exception>
    protected virtual void Idle()
    {
    }

    /// <summary>Closes what is open; nothing is delivered any more.</summary>
    protected virtual ValueTask CloseAsync()
    {
        return ValueTask.CompletedTask;
    }

    private void Add(in SinkEntry entry, TimeSpan confirmation)
    {
        bool late;
        lock (_lock)
        {
            if (_stopping)
            {
                return;
            }

            if (_count == _queue.Length)
            {
                NoteDropped(_queue[_first]);
                _queue[_first] = default;
                _first = (_first + 1) % _queue.Length;
                _count--;
                _waiting--;
            }

            _queue[(_first + _count) % _queue.Length] = entry;
            _count++;
            _waiting++;
            if (!_started)
            {
                _started = true;
                new Thread(Work) { IsBackground = true, Name = Name }.Start();
            }

            Monitor.PulseAll(_lock);
            late = confirmation > TimeSpan.Zero && !WaitUntilDelivered(confirmation);
        }

        if (late)
        {
            ReportFailure($"nothing was delivered for {confirmation.TotalSeconds:0.##} s.");
        }
    }

    /// <summary>Waits, inside the lock, until all that was added is delivered, or is known to wait for longer.</summary>
    /// <returns>False: the time is up, and this is news.</returns>
    private bool WaitUntilDelivered(TimeSpan duration)
    {
        long end = Environment.TickCount64 + (long)duration.TotalMilliseconds;
        while (_waiting > 0 && !_behind && !_stopping)
        {
            long rest = end - Environment.TickCount64;
            if (rest <= 0)
            {
                _behind = true;
                _failing = true;
                return false;
            }

            Monitor.Wait(_lock, (int)rest);
        }

        return true;
    }

    private void NoteDropped(in SinkEntry entry)
    {
        if (!entry.IsDecision)
        {
            _droppedEvents++;
            return;
        }

        if (_droppedDecisions++ == 0)
        {
            _droppedFrom = entry.Time;
        }

        _droppedUntil = entry.Time;
    }

    private void Work()
    {
        TimeSpan retry = _options.FirstRetry;
        while (NextBatch())
        {
            try
            {
                if (_batchCount == 0)
                {
                    Idle();
                }
                else
                {
                    Deliver(_batch.AsSpan(0, _batchCount));
                    RemoveFromBatch(_batchCount);
                }

                retry = _options.FirstRetry;
                Recovered();
            }
            catch (DeliveryException exception)
            {
                RemoveFromBatch(exception.Delivered);
                Failed(exception);
                if (!WaitAfterFailure(retry))
                {
                    break;
                }

                retry = retry * 2 < _options.LongestRetry ? retry * 2 : _options.LongestRetry;
            }
        }

        ReportUndelivered();
        _ended.SetResult();
    }

    /// <summary>Waits until there is something to deliver, and takes it out of the queue; what is left from before goes first.</summary>
    /// <returns>Whether there is anything to do; false: the end.</returns>
    private bool NextBatch()
    {
        lock (_lock)
        {
            while (_batchCount == 0 && _count == 0 && !_stopping)
            {
                if (!Monitor.Wait(_lock, IdleInterval))
                {
                    return true;
                }
            }

            while (_batchCount < _batch.Length && _count > 0)
            {
                _batch[_batchCount++] = _queue[_first];
                _queue[_first] = default;
                _first = (_first + 1) % _queue.Length;
                _count--;
            }

            return _batchCount > 0;
        }
    }

    private void RemoveFromBatch(int count)
    {
        _batch.AsSpan(count, _batchCount - count).CopyTo(_batch);
        _batch.AsSpan(_batchCount - count, count).Clear();
        _batchCount -= count;
        lock (_lock)
        {
            _waiting -= count;
            if (_waiting == 0)
            {
                _behind = false;
                Monitor.PulseAll(_lock);
            }
        }
    }

    private void Failed(DeliveryException exception)
    {
        bool first;
        lock (_lock)
        {
            first = !_failing;
            _failing = true;
            _behind = true;
            Monitor.PulseAll(_lock);
        }

        if (first)
        {
            ReportFailure(exception.Message);
        }
    }

    private void ReportFailure(string why)
    {
        _report(new DeviceEvent(DateTimeOffset.UtcNow, DeviceEventKind.OutputFailed, $"{Name}: {why} Decisions wait, at most {_options.Capacity}."));
    }

    private void Recovered()
    {
        bool back;
        lock (_lock)
        {
            back = _failing;
            _failing = false;
        }

        if (back)
        {
            _report(new DeviceEvent(DateTimeOffset.UtcNow, DeviceEventKind.OutputBack, $"{Name}: takes decisions again."));
        }

        ReportDropped("The queue was full");
    }

    private void ReportUndelivered()
    {
        lock (_lock)
        {
            foreach (SinkEntry entry in _batch.AsSpan(0, _batchCount))
            {
                NoteDropped(entry);
            }

            for (; _count > 0; _count--)
            {
                NoteDropped(_queue[_first]);
                _first = (_first + 1) % _queue.Length;
            }
        }

        ReportDropped("It did not take them until the end");
    }

    private void ReportDropped(string why)
    {
        DeviceEvent happening;
        lock (_lock)
        {
            if (_droppedDecisions == 0 && _droppedEvents == 0)
            {
                return;
            }

            happening = new DeviceEvent(
                DateTimeOffset.UtcNow,
                DeviceEventKind.DecisionsDropped,
                $"{Name}: {_droppedDecisions} decisions{(_droppedEvents > 0 ? $" and {_droppedEvents} events" : "")} were dropped. {why}.")
            {
                Count = _droppedDecisions,
                From = _droppedDecisions > 0 ? _droppedFrom : null,
                Until = _droppedDecisions > 0 ? _droppedUntil : null,
            };
            _droppedDecisions = 0;
            _droppedEvents = 0;
        }

        _report(happening);
    }

    /// <summary>Waits before the next try.</summary>
    /// <returns>Whether there is one; false: there is no time left.</returns>
    private bool WaitAfterFailure(TimeSpan duration)
    {
        long end = Environment.TickCount64 + (long)duration.TotalMilliseconds;
        lock (_lock)
        {
            while (!_stopping)
            {
                long rest = end - Environment.TickCount64;
                if (rest <= 0)
                {
                    return true;
                }

                Monitor.Wait(_lock, (int)Math.Min(rest, int.MaxValue));
            }
        }

        // While stopping: a last few tries, a little apart.
        long left = _deadline - Environment.TickCount64;
        if (left <= 0)
        {
            return false;
        }

        Thread.Sleep((int)Math.Min(left, 100));
        return true;
    }
}
