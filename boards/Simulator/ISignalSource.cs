namespace EdgeQuant.Boards.Simulator;

/// <summary>What a simulated device measures: a recording, or a generator. In the units of the device's channels.</summary>
public interface ISignalSource
{
    /// <summary>Names of its channels, as in a recording's header. A device takes those that it has, by their names.</summary>
    IReadOnlyList<string> Channels { get; }

    /// <summary>The values at one sample of a device. May be asked for the same sample again, and for later ones without those between.</summary>
    /// <param name="index">Which sample, from 0.</param>
    /// <param name="sampleRate">The device's samples per second, in millihertz.</param>
    /// <param name="values">One value for each channel.</param>
    /// <returns>Whether there is such a sample; false: the signal has ended.</returns>
    bool Read(long index, int sampleRate, Span<float> values);
}
