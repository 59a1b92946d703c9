using System.Diagnostics;

namespace EdgeQuant.Converter.Quantizing;

/// <summary>Runs the steps of a long job one after the other: says which one is under way, takes its time, ends between two when told to.</summary>
internal sealed class PipelineSteps(IProgress<PipelineProgress>? progress, CancellationToken cancellation)
{
    private readonly List<StepTiming> _timings = [];

    /// <summary>The steps that are done, in their order.</summary>
    public IReadOnlyList<StepTiming> Timings => _timings;

    public CancellationToken Cancellation => cancellation;

    /// <summary>Runs a step that does not count.</summary>
    public T Run<T>(string step, Func<T> work)
    {
        return Run(step, 0, _ => work());
    }

    /// <summary>Runs a step.</summary>
    /// <param name="step">Its name.</param>
    /// <param name="of">How much there is to do.</param>
    /// <param name="work">The work, which says how much of it is done; from any thread.</param>
    public T Run<T>(string step, int of, Func<IProgress<int>, T> work)
    {
        cancellation.ThrowIfCancellationRequested();
        progress?.Report(new PipelineProgress(step, 0, of));
        long start = Stopwatch.GetTimestamp();
        T result = work(new CountedProgress(step, of, progress));
        _timings.Add(new StepTiming(step, Stopwatch.GetElapsedTime(start).TotalSeconds));
        return result;
    }
}
