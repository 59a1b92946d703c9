namespace EdgeQuant.Tests.Support;

/// <summary>What code allocates on the thread that runs it.</summary>
public static class Allocations
{
    /// <summary>The bytes that an action allocates.</summary>
    /// <param name="action">The action. What it allocates once only, it must have allocated before.</param>
    /// <remarks>
    /// When a collection, asked for by any thread, takes away a thread's allocation buffer, the runtime now and then counts what was left in it, up to 8 KB, as
    /// allocated. Therefore the buffer is taken away first: from then on a thread that allocates nothing has none.
    /// </remarks>
    public static long Of(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        GC.Collect(0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
