namespace EdgeQuant.Boards.Simulator.Signals;

/// <summary>A signal that a function makes.</summary>
/// <param name="channels">Names of its channels.</param>
/// <param name="generate">Writes the values at a time; must give the same for the same time.</param>
/// <param name="length">How long it lasts; null: without end.</param>
public sealed class GeneratedSignal(IReadOnlyList<string> channels, GeneratedSignal.Generate generate, TimeSpan? length = null) : ISignalSource
{
    /// <summary>Writes one value for each channel.</summary>
    /// <param name="time">Since the signal's start.</param>
    /// <param name="values">Where they go.</param>
    public delegate void Generate(TimeSpan time, Span<float> values);

    /// <inheritdoc/>
    public IReadOnlyList<string> Channels => channels;

    /// <inheritdoc/>
    public bool Read(TimeSpan time, Span<float> values)
    {
        if (time < TimeSpan.Zero || time >= length)
        {
            return false;
        }

        generate(time, values);
        return true;
    }
}
