namespace EdgeQuant.Firmware.Tests.Sinks;

/// <summary>What a sink reported, from any thread.</summary>
internal sealed class Events
{
    private readonly Lock _lock = new();
    private readonly List<DeviceEvent> _events = [];

    public IReadOnlyList<DeviceEvent> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _events];
            }
        }
    }

    public IEnumerable<DeviceEventKind> Kinds => All.Select(happening => happening.Kind);

    public void Add(DeviceEvent happening)
    {
        lock (_lock)
        {
            _events.Add(happening);
        }
    }

    /// <summary>Waits, 20 seconds at most, until something of a kind was reported.</summary>
    public DeviceEvent WaitFor(DeviceEventKind kind)
    {
        return SpinWait.SpinUntil(() => Kinds.Contains(kind), TimeSpan.FromSeconds(20))
            ? All.First(happening => happening.Kind == kind)
            : throw new TimeoutException($"{kind} was not reported; what was: {string.Join(", ", Kinds)}.");
    }
}
