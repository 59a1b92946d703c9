namespace EdgeQuant.Converter.Quantizing;

/// <summary>Passes counts on at once as the progress of a step. (<see cref="Progress{T}"/> passes them on later, in any order.)</summary>
/// <param name="step">The step's name.</param>
/// <param name="of">How much there is to do; 0 where that is not known.</param>
/// <param name="target">Who is told; null for nobody.</param>
internal sealed class CountedProgress(string step, int of, IProgress<PipelineProgress>? target) : IProgress<int>
{
    public void Report(int value)
    {
        target?.Report(new PipelineProgress(step, value, of));
    }
}
