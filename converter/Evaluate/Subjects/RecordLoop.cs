using System.Runtime.ExceptionServices;
using EdgeQuant.Converter.Data;

namespace EdgeQuant.Converter.Evaluate.Subjects;

/// <summary>
/// Runs records through several versions of a network at the same time, on all cores where records are independent of each other. What is
/// measured is taken in the order of the records, so that sums come out the same on every machine.
/// </summary>
internal static class RecordLoop
{
    private const int RecordsPerCore = 32;

    /// <summary>Runs all records through all versions.</summary>
    /// <param name="subjects">The versions; all take the same inputs.</param>
    /// <param name="samples">The records.</param>
    /// <param name="observed">True to be able to look at what lies between inputs and outputs.</param>
    /// <param name="measure">Called after each record with its number and the versions' runs; from several threads.</param>
    /// <param name="take">Called with each record's number and what was measured, in their order, by one thread at a time.</param>
    /// <param name="progress">Told how many records are done; from several threads.</param>
    /// <param name="cancellation">Ends the run between two records.</param>
    public static void Run<T>(
        IReadOnlyList<Subject> subjects,
        SampleSet samples,
        bool observed,
        Func<int, SubjectRun[], T> measure,
        Action<int, T> take,
        IProgress<int>? progress = null,
        CancellationToken cancellation = default)
    {
        bool hasState = subjects.Any(subject => subject.HasState);
        bool inOrder = hasState && samples.StateContinues;
        int workers = inOrder ? 1 : Math.Max(1, Math.Min(Environment.ProcessorCount, samples.Count));
        SubjectRun[]?[] runs = new SubjectRun[workers][];
        T[] measured = new T[Math.Min(samples.Count, workers * RecordsPerCore)];
        int done = 0;
        for (int start = 0; start < samples.Count; start += measured.Length)
        {
            int first = start;
            int end = Math.Min(samples.Count, first + measured.Length);
            int next = first - 1;
            InParallel(workers, worker =>
            {
                SubjectRun[] own = runs[worker] ??= [.. subjects.Select(subject => subject.NewRun(observed))];
                for (int record = Interlocked.Increment(ref next); record < end; record = Interlocked.Increment(ref next))
                {
                    cancellation.ThrowIfCancellationRequested();
                    One(own, record);
                    measured[record - first] = measure(record, own);
                    progress?.Report(Interlocked.Increment(ref done));
                }
            }, cancellation);
            for (int record = first; record < end; record++)
            {
                take(record, measured[record - first]);
            }
        }

        void One(SubjectRun[] own, int record)
        {
            foreach (SubjectRun run in own)
            {
                if (hasState && !inOrder)
                {
                    run.Reset();
                }

                run.Run(samples.Inputs[record]);
            }
        }
    }

    private static void InParallel(int workers, Action<int> work, CancellationToken cancellation)
    {
        try
        {
            Parallel.For(0, workers, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = workers }, work);
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
    }
}
