namespace EdgeQuant.Boards.Simulator.Signals;

/// <summary>What a simulated device measures: a recording, or a generator. In the units of the device's channels.</summary>
public interface ISignalSource
{
    /// <summary>Names of its channels, as in a recording's header. A device takes those that it has, by their names.</summary>
    IReadOnlyList<string> Channels { get; }

    /// <summary>The values at a time. May be asked for the same time again, and for later ones without those between.</summary>
    /// <param name="time">Since the signal's start: the first sample of the device is at 0.</param>
    /// <param name="values">One value for each channel.</param>
    /// <returns>Whether the signal lasts that long; false: it has ended.</returns>
    bool Read(TimeSpan time, Span<float> values);
}
