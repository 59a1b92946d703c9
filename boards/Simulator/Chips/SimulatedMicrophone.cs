using EdgeQuant.Boards.Simulator.Signals;

namespace EdgeQuant.Boards.Simulator.Chips;

/// <summary>A microphone, as a sound card gives its samples. The signal starts with the first recording.</summary>
/// <param name="signal">What it hears: sound, -1 to 1.</param>
/// <param name="time">The clock.</param>
/// <param name="faults">Its faults.</param>
internal sealed class SimulatedMicrophone(ISignalSource signal, VirtualTime time, FaultSchedule faults) : ISampleFeed
{
    private const float FullScale = 32768;

    private static readonly TimeSpan s_wait = TimeSpan.FromMilliseconds(5);

    private readonly SimulatedSignal _signal = new(signal, ["sound"], faults);
    private readonly float[] _values = new float[1];
    private SampleClock? _clock;

    /// <summary>Whether the signal has ended.</summary>
    public bool SignalEnded => _signal.Ended;

    /// <inheritdoc/>
    public long Lost => _clock?.Skipped ?? 0;

    /// <summary>Starts to record.</summary>
    /// <param name="sampleRate">Samples a second.</param>
    /// <exception cref="SensorException">The microphone is not there.</exception>
    public void Start(int sampleRate)
    {
        RequireThere();
        _signal.Start();
        _clock = new SampleClock(_signal, time, faults);
        _clock.Start(TimeSpan.FromSeconds(1.0 / sampleRate));
    }

    /// <inheritdoc/>
    public int Read(Span<short> samples, TimeSpan timeout)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            RequireThere();
            int count = 0;
            while (count < samples.Length && _clock!.TryTake(_values))
            {
                samples[count++] = (short)Math.Clamp(Math.Round(_values[0] * FullScale), short.MinValue, short.MaxValue);
            }

            TimeSpan rest = timeout - time.GetElapsedTime(start);
            if (count > 0 || rest <= TimeSpan.Zero || samples.IsEmpty)
            {
                return count;
            }

            time.Wait(rest < s_wait ? rest : s_wait);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _clock?.Stop();
    }

    private void RequireThere()
    {
        if (faults.Has(FaultKind.Absent) || faults.Has(FaultKind.BusError))
        {
            throw new SensorException(SensorFault.Ended, "No sound comes from the simulated microphone any more.", "A fault that was asked for is there.");
        }
    }
}
