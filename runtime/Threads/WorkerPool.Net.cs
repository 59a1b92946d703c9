namespace EdgeQuant.Runtime.Threads;

/// <summary>
/// Threads that share work with the one that asks for it. All networks that were loaded for as many threads use the same: those that no network uses any
/// more end when the garbage collector finds that out. They are background threads, so that none keeps a program from ending.
/// </summary>
internal sealed class WorkerPool
{
    /// <summary>The most threads.</summary>
    internal const int MostThreads = 64;

    private static readonly Lock s_making = new();
    private static readonly WeakReference<WorkerPool>?[] s_pools = new WeakReference<WorkerPool>?[MostThreads + 1];

    /// <summary>All that the threads see: they must not hold the pool itself, or it would never be collected.</summary>
    private readonly WorkQueue _queue = new();
    private int _busy;

    /// <summary>Starts threads that belong to this pool only; networks take that of <see cref="Of"/>.</summary>
    /// <param name="threads">How many share the work, the one that asks for it included: 2 to <see cref="MostThreads"/>.</param>
    internal WorkerPool(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, MostThreads);
        Threads = threads;
        for (int i = 1; i < threads; i++)
        {
            new Thread(_queue.Work) { IsBackground = true, Name = $"EdgeQuant {i}" }.Start();
        }
    }

#pragma warning disable MA0055 // Networks need no disposal: nobody else knows when the last one that uses the threads is gone.
    ~WorkerPool()
#pragma warning restore MA0055
    {
        _queue.Stop();
    }

    /// <summary>How many threads share the work, the one that asks for it included.</summary>
    internal int Threads { get; }

    /// <summary>The pool of as many threads.</summary>
    /// <param name="threads">As for the constructor.</param>
    internal static WorkerPool Of(int threads)
    {
        lock (s_making)
        {
            if (s_pools[threads] is { } made && made.TryGetTarget(out WorkerPool? pool))
            {
                return pool;
            }

            pool = new WorkerPool(threads);
            s_pools[threads] = new WeakReference<WorkerPool>(pool);
            return pool;
        }
    }

    /// <summary>
    /// Does pieces of work on all threads and returns when all are done. While it does so for another caller, this one does all of its pieces itself.
    /// Allocates nothing.
    /// </summary>
    /// <param name="work">The work. An exception that it throws is thrown here when no piece runs any more; the first, if several do.</param>
    /// <param name="count">The number of pieces, 1 or more.</param>
    internal void Run(IPieces work, int count)
    {
        if (Interlocked.Exchange(ref _busy, 1) != 0)
        {
            for (int i = 0; i < count; i++)
            {
                work.Run(i);
            }

            return;
        }

        try
        {
            _queue.Run(work, count);
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
            GC.KeepAlive(this);
        }
    }
}
