using System.Diagnostics;

namespace EdgeQuant.Firmware.Deploy.Inventory;

/// <summary>Does the same on all hosts of an inventory, on several at once.</summary>
/// <param name="hosts">The hosts.</param>
/// <param name="cancellation">Begins no more, and ends those under way.</param>
public sealed class Fleet(IReadOnlyList<InventoryHost> hosts, CancellationToken cancellation)
{
    private const int AtOnce = 8;

    /// <summary>Does it on the first host alone, and where that succeeds on the rest. After a failure those under way are finished and no other one is begun.</summary>
    /// <param name="work">What is done.</param>
    /// <returns>What became of each host, in their order.</returns>
    public IReadOnlyList<HostResult<T>> OneThenTheRest<T>(Func<InventoryHost, T> work)
        where T : class
    {
        using CancellationTokenSource failed = new();
        HostResult<T> first = Run(hosts[0], work, failed);
        return [first, .. All([.. hosts.Skip(1)], work, failed)];
    }

    /// <summary>Does it on every host, whatever becomes of the others.</summary>
    /// <param name="work">What is done.</param>
    /// <returns>What became of each host, in their order.</returns>
    public IReadOnlyList<HostResult<T>> Every<T>(Func<InventoryHost, T> work)
        where T : class
    {
        return All(hosts, work, failed: null);
    }

    private HostResult<T>[] All<T>(IReadOnlyList<InventoryHost> some, Func<InventoryHost, T> work, CancellationTokenSource? failed)
        where T : class
    {
        HostResult<T>[] results = new HostResult<T>[some.Count];
        using SemaphoreSlim free = new(AtOnce);
        Task[] tasks = [.. some.Select((host, index) => Task.Factory.StartNew(
            () =>
            {
                free.Wait(CancellationToken.None);
                try
                {
                    results[index] = Run(host, work, failed);
                }
                finally
                {
                    free.Release();
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];
        Task.WaitAll(tasks, CancellationToken.None);
        return results;
    }

    private HostResult<T> Run<T>(InventoryHost host, Func<InventoryHost, T> work, CancellationTokenSource? failed)
        where T : class
    {
        if (cancellation.IsCancellationRequested || failed?.IsCancellationRequested == true)
        {
            return new HostResult<T>(host.Name, HostOutcome.NotTried, 0, null, null);
        }

        long start = Stopwatch.GetTimestamp();
        try
        {
            T result = work(host);
            return new HostResult<T>(host.Name, HostOutcome.Done, Stopwatch.GetElapsedTime(start).TotalSeconds, result, null);
        }
        catch (OperationCanceledException)
        {
            return new HostResult<T>(host.Name, HostOutcome.Interrupted, Stopwatch.GetElapsedTime(start).TotalSeconds, null, null);
        }
        catch (Exception exception) when (exception is DeployException or InvalidDataException or IOException or UnauthorizedAccessException or Models.ModelRefusedException or Simulation.SimulationException or Boards.SensorException)
        {
            failed?.Cancel();
            return new HostResult<T>(host.Name, HostOutcome.Failed, Stopwatch.GetElapsedTime(start).TotalSeconds, null, exception);
        }
    }
}
