namespace EdgeQuant.Boards.Simulator.Signals;

/// <summary>
/// What a simulated device's front end sees: the source's channels that the device has, with the faults that change values. The signal stands at
/// its first value until it is started; then it goes on with the clock, whether it is looked at or not.
/// </summary>
/// <param name="source">The signal.</param>
/// <param name="channels">The device's channels, by name; those that the source does not have are 0.</param>
/// <param name="faults">The device's faults.</param>
internal sealed class SimulatedSignal(ISignalSource source, IReadOnlyList<string> channels, FaultSchedule faults)
{
    private readonly int[] _places = [.. channels.Select(name => source.Channels.ToList().FindIndex(other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase)))];
    private readonly float[] _source = new float[source.Channels.Count];
    private readonly float[] _last = new float[channels.Count];
    private bool _started;
    private TimeSpan? _start;

    /// <summary>Whether the source's last value was read.</summary>
    public bool Ended { get; private set; }

    /// <summary>Lets the signal start with the next sample that is taken, unless it runs already.</summary>
    public void Start()
    {
        _started = true;
    }

    /// <summary>Takes a sample.</summary>
    /// <param name="at">When, since the clock's start.</param>
    /// <param name="values">One value for each channel of the device; infinite where it is beyond every range.</param>
    /// <returns>Whether there is one; false: the signal has ended, and the values are the last ones.</returns>
    public bool Take(TimeSpan at, Span<float> values)
    {
        _start ??= _started ? at : null;
        Ended = Ended || !source.Read(at - (_start ?? at), _source);
        if (!Ended && !faults.Has(FaultKind.Stuck, at))
        {
            for (int i = 0; i < _places.Length; i++)
            {
                _last[i] = _places[i] < 0 ? 0 : _source[_places[i]];
            }
        }

        _last.CopyTo(values);
        if (faults.Has(FaultKind.Saturated, at))
        {
            values.Fill(float.PositiveInfinity);
        }

        return !Ended;
    }
}
