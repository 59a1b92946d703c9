using EdgeQuant.Boards.Simulator;
using Xunit;

namespace EdgeQuant.Boards.Tests;

public sealed class VirtualTimeTests
{
    [Fact]
    public void It_stands_until_somebody_waits()
    {
        VirtualTime time = new();
        Assert.True(time.Wait(TimeSpan.FromMilliseconds(250)));
        Assert.Equal(TimeSpan.FromMilliseconds(250), time.Elapsed);
        Assert.Equal(time.Start + TimeSpan.FromMilliseconds(250), time.GetUtcNow());
        Assert.Equal(TimeSpan.FromMilliseconds(250), time.GetElapsedTime(0));
    }

    [Fact]
    public void Timers_fire_in_the_order_of_their_times()
    {
        VirtualTime time = new();
        List<(string Timer, double Milliseconds)> fired = [];
        using ITimer slow = time.CreateTimer(_ => fired.Add(("slow", time.Elapsed.TotalMilliseconds)), null, TimeSpan.FromMilliseconds(30), Timeout.InfiniteTimeSpan);
        using ITimer fast = time.CreateTimer(_ => fired.Add(("fast", time.Elapsed.TotalMilliseconds)), null, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(20));
        time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal([("fast", 20.0), ("slow", 30.0), ("fast", 40.0)], fired);
        fast.Dispose();
        time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(3, fired.Count);
    }

    [Fact]
    public void A_cancelled_wait_lets_no_time_pass()
    {
        VirtualTime time = new();
        Assert.False(time.Wait(TimeSpan.FromSeconds(1), new CancellationToken(canceled: true)));
        Assert.Equal(TimeSpan.Zero, time.Elapsed);
    }
}
