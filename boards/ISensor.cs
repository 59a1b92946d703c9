namespace EdgeQuant.Boards;

/// <summary>A sensor that gives interleaved samples of 16 bits at a fixed rate. Not safe for several threads at once.</summary>
public interface ISensor : IDisposable
{
    /// <summary>What the sensor gives, as it was really set up.</summary>
    SensorDescription Description { get; }

    /// <summary>Samples that were lost so far, because they were fetched too late or the device skipped them.</summary>
    long Lost { get; }

    /// <summary>Takes samples that have not been read yet, oldest first; waits for the first of them.</summary>
    /// <param name="samples">Where they go, interleaved: one value of each channel, in the order of <see cref="SensorDescription.Channels"/>.
    /// Only whole samples are written.</param>
    /// <param name="timeout">How long to wait for the first sample.</param>
    /// <returns>How many samples (of all channels) were taken; 0: none came within the timeout.</returns>
    /// <exception cref="SensorException">The sensor cannot be read any more; dispose it and open it again.</exception>
    int Read(Span<short> samples, TimeSpan timeout);
}
