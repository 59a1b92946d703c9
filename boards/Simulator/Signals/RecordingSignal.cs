namespace EdgeQuant.Boards.Simulator.Signals;

/// <summary>A recording that is played once. Between its samples the nearest one holds; windows follow each other without a gap.</summary>
/// <param name="recording">The recording.</param>
/// <param name="sampleRate">At how many samples a second it was made, in millihertz.</param>
public sealed class RecordingSignal(Recording recording, int sampleRate) : ISignalSource
{
    private const double TicksOfMillihertz = TimeSpan.TicksPerSecond * 1000.0;

    /// <inheritdoc/>
    public IReadOnlyList<string> Channels => recording.Channels;

    /// <inheritdoc/>
    public bool Read(TimeSpan time, Span<float> values)
    {
        double index = Math.Round(time.Ticks * (double)sampleRate / TicksOfMillihertz);
        if (index < 0 || index >= recording.Length)
        {
            return false;
        }

        recording[(int)index].CopyTo(values);
        return true;
    }
}
