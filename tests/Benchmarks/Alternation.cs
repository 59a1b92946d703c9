using EdgeQuant.Converter.Report;

namespace EdgeQuant.Benchmarks;

/// <summary>
/// Lets contestants run in turn, in short rounds, so that whatever else this machine does in the meantime hits all of them alike.
/// </summary>
internal static class Alternation
{
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(20);

    /// <summary>Warms all up, then runs the rounds.</summary>
    /// <param name="contestants">Who runs, in this order.</param>
    /// <param name="rounds">Rounds that are measured, 1 or more.</param>
    /// <param name="cancellation">Ends the measurement between two turns.</param>
    /// <returns>For each contestant the distribution of all its samples.</returns>
    public static Timing[] Run(IReadOnlyList<IContestant> contestants, int rounds, CancellationToken cancellation)
    {
        foreach (IContestant contestant in contestants)
        {
            cancellation.ThrowIfCancellationRequested();
            contestant.Run(contestant.WarmUp);
        }

        List<double>[] samples = [.. contestants.Select(_ => new List<double>())];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < samples.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                samples[i].AddRange(contestants[i].Run(Turn));
            }
        }

        return Array.ConvertAll(samples, list => Timing.Of([.. list]));
    }
}
