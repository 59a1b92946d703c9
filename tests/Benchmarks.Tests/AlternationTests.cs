using EdgeQuant.Converter.Report;
using Xunit;

namespace EdgeQuant.Benchmarks.Tests;

/// <summary>The order in which contestants run.</summary>
public sealed class AlternationTests
{
    private readonly List<string> _turns = [];

    [Fact]
    public void All_are_warm_before_they_run_in_turn()
    {
        Timing[] timings = Alternation.Run([new Contestant("a", this), new Contestant("b", this)], 3, TestContext.Current.CancellationToken);
        Assert.Equal("warm a, warm b, a, b, a, b, a, b", string.Join(", ", _turns));
        Assert.Equal([3, 4], timings.Select(timing => timing.Minimum));
        Assert.Equal([5, 6], timings.Select(timing => timing.Median));
    }

    [Fact]
    public void It_ends_when_it_is_interrupted()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => Alternation.Run([new Contestant("a", this)], 1, source.Token));
        Assert.Empty(_turns);
    }

    private sealed class Contestant(string name, AlternationTests test) : IContestant
    {
        public TimeSpan WarmUp => TimeSpan.FromHours(1);

        public double[] Run(TimeSpan duration)
        {
            test._turns.Add(duration == WarmUp ? "warm " + name : name);
            return [test._turns.Count];
        }
    }
}
