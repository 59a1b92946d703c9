using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace EdgeQuant.Runtime.Threads;

/// <summary>
/// Pieces of work that threads take one after the other. Who waits looks again and again for a short time, because the next work mostly comes soon, and then
/// sleeps until it is woken.
/// </summary>
/// <remarks>
/// The caller takes pieces too, so that it never waits for a thread that the system does not let run, only for pieces that were begun. Both sleepers
/// announce themselves before they look for the last time, and what they wait for is published before it is looked whether somebody sleeps, each behind a
/// full fence: nobody is forgotten.
/// </remarks>
internal sealed class WorkQueue
{
    /// <summary>How long a thread looks before it sleeps: some times what waking it takes, and what small operators between two large ones do.</summary>
    private const int LookingMicroseconds = 50;

    /// <summary>Turns of the processor's pause between two looks.</summary>
    private const int Pause = 8;

    /// <summary>Where there is one core, looking keeps others from what is waited for.</summary>
    private static readonly long s_lookingTicks = Environment.ProcessorCount == 1 ? 0 : Stopwatch.Frequency * LookingMicroseconds / 1_000_000;

    private readonly object _sleep = new();
    private readonly object _end = new();
    private IPieces? _work;
    private Exception? _failure;

    /// <summary>In the upper half which work it is, in the lower how many of its pieces were not taken.</summary>
    private long _ticket;

    /// <summary>Pieces that are not done.</summary>
    private int _pending;
    private int _sleepers;
    private int _callerSleeps;
    private volatile bool _stopped;

    /// <summary>Does pieces of work together with the threads that are in <see cref="Work"/>. One caller at a time.</summary>
    /// <param name="work">The work.</param>
    /// <param name="count">The number of its pieces, 1 or more.</param>
    internal void Run(IPieces work, int count)
    {
        _work = work;
        _pending = count;
        long turn = (Volatile.Read(ref _ticket) >> 32) + 1;
        Interlocked.Exchange(ref _ticket, (turn << 32) | (uint)count);
        if (Volatile.Read(ref _sleepers) > 0)
        {
            Wake(_sleep);
        }

        TakePieces();
        WaitForEnd();

        // The threads must not hold what belongs to a network that nobody uses any more.
        _work = null;
        if (_failure is { } failure)
        {
            _failure = null;
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>What a thread does: pieces of work, until <see cref="Stop"/>.</summary>
    internal void Work()
    {
        long turn = 0;
        while (WaitForWork(ref turn))
        {
            TakePieces();
        }
    }

    /// <summary>Lets the threads end.</summary>
    internal void Stop()
    {
        _stopped = true;
        Wake(_sleep);
    }

    private static void Wake(object sleepers)
    {
        lock (sleepers)
        {
            Monitor.PulseAll(sleepers);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TakePieces()
    {
        while (true)
        {
            long ticket = Volatile.Read(ref _ticket);
            int left = (int)ticket;
            if (left == 0)
            {
                return;
            }

            if (Interlocked.CompareExchange(ref _ticket, ticket - 1, ticket) == ticket)
            {
                Do(left - 1);
            }
        }
    }

    private void Do(int piece)
    {
        try
        {
            // The piece was taken from this work, which does not end before the piece does.
            _work!.Run(piece);
        }
#pragma warning disable CA1031 // The caller throws it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref _failure, exception, null);
        }

        if (Interlocked.Decrement(ref _pending) == 0 && Volatile.Read(ref _callerSleeps) != 0)
        {
            Wake(_end);
        }
    }

    private void WaitForEnd()
    {
        long start = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref _pending) != 0)
        {
            if (Stopwatch.GetTimestamp() - start >= s_lookingTicks)
            {
                SleepUntilEnd();
                return;
            }

            Thread.SpinWait(Pause);
        }
    }

    private void SleepUntilEnd()
    {
        lock (_end)
        {
            Interlocked.Exchange(ref _callerSleeps, 1);
            while (Volatile.Read(ref _pending) != 0)
            {
                Monitor.Wait(_end);
            }

            Volatile.Write(ref _callerSleeps, 0);
        }
    }

    private bool WaitForWork(ref long turn)
    {
        long start = Stopwatch.GetTimestamp();
        while (!IsNew(ref turn))
        {
            if (_stopped)
            {
                return false;
            }

            if (Stopwatch.GetTimestamp() - start < s_lookingTicks)
            {
                Thread.SpinWait(Pause);
                continue;
            }

            lock (_sleep)
            {
                Interlocked.Increment(ref _sleepers);
                while (!_stopped && !IsNew(turn))
                {
                    Monitor.Wait(_sleep);
                }

                Interlocked.Decrement(ref _sleepers);
            }
        }

        return true;
    }

    private bool IsNew(long turn)
    {
        return Volatile.Read(ref _ticket) >> 32 != turn;
    }

    private bool IsNew(ref long turn)
    {
        long now = Volatile.Read(ref _ticket) >> 32;
        bool isNew = now != turn;
        turn = now;
        return isNew;
    }
}
