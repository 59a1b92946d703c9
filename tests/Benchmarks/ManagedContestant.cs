using System.Diagnostics;

namespace EdgeQuant.Benchmarks;

/// <summary>Work in this process. A sample takes 0.2 ms or one time the work, whichever is longer, so that reading the clock does not count.</summary>
internal abstract class ManagedContestant : IContestant
{
    private const double SampleNanoseconds = 200e3;

    private int _times = 1;

    /// <summary>The just-in-time compiler watches methods that run often, waits until nothing new runs, and compiles them again.</summary>
    public TimeSpan WarmUp => TimeSpan.FromSeconds(1);

    public double[] Run(TimeSpan duration)
    {
        List<double> samples = [];
        long begin = Stopwatch.GetTimestamp();
        do
        {
            long start = Stopwatch.GetTimestamp();
            Repeat(_times);
            samples.Add((Stopwatch.GetTimestamp() - start) * 1e9 / Stopwatch.Frequency / _times);
        }
        while (Stopwatch.GetElapsedTime(begin) < duration);
        _times = Math.Max(1, (int)(SampleNanoseconds / Math.Max(1, samples.Min())));
        return [.. samples];
    }

    /// <summary>Does the work so many times.</summary>
    protected abstract void Repeat(int times);
}
