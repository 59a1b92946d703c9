using EdgeQuant.Boards.Simulator;

namespace EdgeQuant.Boards;

/// <summary>Waiting on a clock that may be a virtual one.</summary>
public static class TimeProviderExtensions
{
    /// <summary>Waits as long as the clock takes to advance; virtual time advances by it at once.</summary>
    /// <returns>Whether the whole time passed; false: the wait was cancelled.</returns>
    public static bool Wait(this TimeProvider time, TimeSpan duration, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(time);
        if (cancellation.IsCancellationRequested)
        {
            return false;
        }

        if (duration <= TimeSpan.Zero)
        {
            return true;
        }

        if (time is VirtualTime clock)
        {
            clock.Advance(duration);
            return !cancellation.IsCancellationRequested;
        }

        return !cancellation.WaitHandle.WaitOne(duration);
    }
}
