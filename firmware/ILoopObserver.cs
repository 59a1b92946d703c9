using EdgeQuant.Runtime;

namespace EdgeQuant.Firmware;

/// <summary>Looks on while a <see cref="DeviceLoop"/> runs: a live page, a simulator's summary, a test. Called from the loop's thread.</summary>
public interface ILoopObserver
{
    /// <summary>Samples have come: interleaved, in the sensor's counts, before anything is done with them.</summary>
    void OnSamples(ReadOnlySpan<short> samples);

    /// <summary>A decision was made, and is about to be emitted.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="pipeline">What made it: features and scores can be read from it.</param>
    void OnDecision(in DecisionRecord decision, Pipeline pipeline);
}
