using EdgeQuant.Boards;

namespace EdgeQuant.Firmware.Simulation;

/// <summary>
/// Sees what the sensor of a simulation gives, whether it is classified or not. Called on the simulation's thread, before the samples are
/// classified: it must return at once, and allocate nothing.
/// </summary>
public interface ISampleObserver
{
    /// <summary>The sensor was opened: at the start, and each time that it is back.</summary>
    /// <param name="sensor">What it gives from now on.</param>
    void Opened(SensorDescription sensor);

    /// <summary>Samples were read.</summary>
    /// <param name="samples">Interleaved whole samples, in counts as <see cref="Opened"/> described them.</param>
    void Read(ReadOnlySpan<short> samples);
}
