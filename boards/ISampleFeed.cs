namespace EdgeQuant.Boards;

/// <summary>Samples of 16 bits that a device delivers by itself, as a sound card does.</summary>
public interface ISampleFeed : IDisposable
{
    /// <summary>Samples that were lost so far.</summary>
    long Lost { get; }

    /// <summary>Takes interleaved whole samples, oldest first; waits for the first of them.</summary>
    /// <returns>How many samples (of all channels) were taken; 0: none came within the timeout.</returns>
    /// <exception cref="SensorException">The stream ended.</exception>
    int Read(Span<short> samples, TimeSpan timeout);
}
