using EdgeQuant.Converter.Data;

namespace EdgeQuant.Converter.Quantizing.Repair;

/// <summary>Samples to fit to, and samples held out to see what it bought.</summary>
internal sealed record SampleSplit(SampleSet Fit, SampleSet HeldOut)
{
    private const int Parts = 4;

    /// <summary>With fewer samples nothing is held out: all serve both.</summary>
    private const int Fewest = 8;

    /// <summary>Every fourth sample is held out; of samples that follow each other in time, the last quarter.</summary>
    public static SampleSplit Of(SampleSet samples)
    {
        if (samples.Count < Fewest)
        {
            return new SampleSplit(samples, samples);
        }

        int start = samples.Count - (samples.Count / Parts);
        ILookup<bool, int> held = Enumerable.Range(0, samples.Count).ToLookup(record => samples.StateContinues ? record >= start : record % Parts == Parts - 1);
        return new SampleSplit(samples.Select([.. held[false]]), samples.Select([.. held[true]]));
    }
}
