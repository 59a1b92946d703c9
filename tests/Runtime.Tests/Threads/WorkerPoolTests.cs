using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using EdgeQuant.Runtime.Threads;
using Xunit;

namespace EdgeQuant.Runtime.Tests.Threads;

/// <summary>Threads that share work: every piece once, no failure lost, nobody left waiting, no thread left over.</summary>
public sealed class WorkerPoolTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    public void Every_piece_is_done_once(int threads)
    {
        WorkerPool pool = new(threads);
        for (int count = 1; count < 200; count++)
        {
            int[] done = new int[count];
            pool.Run(new Pieces(piece => Interlocked.Increment(ref done[piece])), count);
            Assert.All(done, times => Assert.Equal(1, times));
        }
    }

    [Fact]
    public void Work_after_a_rest_is_done_too()
    {
        WorkerPool pool = new(3);
        for (int i = 0; i < 50; i++)
        {
            int done = 0;
            Thread.Sleep(i % 5);
            pool.Run(new Pieces(_ => Interlocked.Increment(ref done)), 3);
            Assert.Equal(3, done);
        }
    }

    [Fact]
    public void Threads_work_at_the_same_time()
    {
        using Barrier together = new(3);
        new WorkerPool(3).Run(new Pieces(_ => Assert.True(together.SignalAndWait(s_patience))), 3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_failure_reaches_the_caller_when_all_pieces_have_ended(int failing)
    {
        WorkerPool pool = new(3);
        for (int i = 0; i < 100; i++)
        {
            int ended = 0;
            InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() => pool.Run(
                new Pieces(piece =>
                {
                    Interlocked.Increment(ref ended);
                    if (piece == failing)
                    {
                        throw new InvalidOperationException($"piece {piece}");
                    }
                }),
                3));
            Assert.Equal($"piece {failing}", failure.Message);
            Assert.Equal(3, ended);
        }

        int done = 0;
        pool.Run(new Pieces(_ => Interlocked.Increment(ref done)), 3);
        Assert.Equal(3, done);
    }

    [Fact]
    public void Callers_at_the_same_time_all_get_their_work_done()
    {
        WorkerPool pool = new(3);
        long done = 0;
        Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, _ =>
        {
            int mine = 0;
            pool.Run(new Pieces(_ => Interlocked.Increment(ref mine)), 5);
            Interlocked.Add(ref done, mine);
        });
        Assert.Equal(10_000, done);
    }

    [Fact]
    public void Networks_of_as_many_threads_share_a_pool()
    {
        WorkerPool pool = WorkerPool.Of(2);
        Assert.Same(pool, WorkerPool.Of(2));
        Assert.NotSame(pool, WorkerPool.Of(3));
    }

    [Fact]
    public void Threads_of_a_pool_at_rest_sleep()
    {
        WorkerPool pool = new(3);
        Thread[] threads = ThreadsOf(pool, 3);
        Assert.All(threads, thread => Assert.True(thread.IsBackground));
        Assert.All(threads, thread => Assert.True(Comes(() => thread.ThreadState.HasFlag(System.Threading.ThreadState.WaitSleepJoin))));
        GC.KeepAlive(pool);
    }

    [Fact]
    public void Threads_of_a_pool_that_nobody_uses_any_more_end()
    {
        Thread[] threads = Abandoned();
        Assert.True(Comes(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return Array.TrueForAll(threads, thread => !thread.IsAlive);
        }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(WorkerPool.MostThreads + 1)]
    public void Impossible_numbers_of_threads_are_refused(int threads)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerPool(threads));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Thread[] Abandoned()
    {
        return ThreadsOf(new WorkerPool(3), 3);
    }

    /// <summary>The threads of a pool but the caller's.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Thread[] ThreadsOf(WorkerPool pool, int count)
    {
        ConcurrentBag<Thread> threads = [];
        using Barrier together = new(count);
        pool.Run(
            new Pieces(_ =>
            {
                threads.Add(Thread.CurrentThread);
                Assert.True(together.SignalAndWait(s_patience));
            }),
            count);
        Thread[] workers = [.. threads.Where(thread => thread != Thread.CurrentThread)];
        Assert.Equal(count - 1, workers.Distinct().Count());
        return workers;
    }

    private static bool Comes(Func<bool> condition)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (!condition())
        {
            if (waited.Elapsed > s_patience)
            {
                return false;
            }

            Thread.Sleep(1);
        }

        return true;
    }

    private sealed class Pieces(Action<int> action) : IPieces
    {
        public void Run(int piece)
        {
            action(piece);
        }
    }
}
