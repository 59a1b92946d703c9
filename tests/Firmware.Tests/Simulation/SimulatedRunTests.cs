using System.Diagnostics;
using EdgeQuant.Boards;
using EdgeQuant.Firmware.Simulation;
using EdgeQuant.Firmware.Tests.Live;
using Xunit;

namespace EdgeQuant.Firmware.Tests.Simulation;

/// <summary>What a simulation counts, and who sees what.</summary>
/// <remarks>
/// Alone, because a collection that another thread asks for takes away a thread's allocation buffer, and what was left in it may count as allocated.
/// </remarks>
[CollectionDefinition(nameof(SimulatedRunTests), DisableParallelization = true)]
[Collection(nameof(SimulatedRunTests))]
public sealed class SimulatedRunTests
{
    [Fact]
    public async Task What_is_allocated_between_decisions_is_counted_and_what_sinks_allocate_is_not()
    {
        await using SmallSimulation wasteful = new(20);
        SimulationSummary summary = wasteful.Run.Run([new Waste()], default, new Waste());
        Assert.InRange(summary.AllocatedBytes, 100L * summary.Samples, 160L * summary.Samples);
        Assert.Equal(summary.AllocatedBytes, wasteful.Run.AllocatedBytes);
        await using SmallSimulation frugal = new(20);
        Assert.Equal(0, frugal.Run.Run([new Waste()], default).AllocatedBytes);
    }

    [Fact]
    public async Task Every_sink_gets_everything_and_counts_are_there_meanwhile()
    {
        CollectingSink first = new();
        CollectingSink second = new();
        await using SmallSimulation simulation = new(8, faults: "lost@3:0.5");
        SimulationSummary summary = simulation.Run.Run([first, second], default);
        Assert.Equal(summary.Decisions, first.Decisions.Count);
        Assert.Equal(first.Decisions, second.Decisions);
        Assert.Equal(first.Events, second.Events);
        Assert.Equal((summary.Decisions, summary.Lost, summary.MissedDeadlines), (simulation.Run.Decisions, simulation.Run.Lost, simulation.Run.MissedDeadlines));
        Assert.InRange(summary.Lost, 47, 53);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_speed_keeps_step_with_real_time(double speed)
    {
        List<(TimeSpan Board, long Machine)> times = [];
        await using SmallSimulation simulation = new(2 * speed, speed: speed);
        SimulatedRun run = simulation.Run;
        run.Run([new CollectingSink(_ => times.Add((run.Elapsed, Stopwatch.GetTimestamp())))], default);
        double board = (times[^1].Board - times[0].Board).TotalSeconds;
        double machine = Stopwatch.GetElapsedTime(times[0].Machine, times[^1].Machine).TotalSeconds;
        Assert.InRange(board, 1.7 * speed, 2 * speed);
        Assert.InRange(machine, 0.8 * board / speed, double.MaxValue);
    }

    /// <summary>Allocates an array for each sample and for each decision.</summary>
    private sealed class Waste : IDecisionSink, ISampleObserver
    {
        private readonly int _channels = 3;
        private byte[] _last = [];

        public void Emit(in DecisionRecord decision)
        {
            _last = new byte[1000];
        }

        public void Report(DeviceEvent happening)
        {
            _last = new byte[1000];
        }

        public void Opened(SensorDescription sensor)
        {
            _last = new byte[1000];
        }

        public void Read(ReadOnlySpan<short> samples)
        {
            for (int i = 0; i < samples.Length / _channels; i++)
            {
                _last = new byte[100];
            }
        }

        public ValueTask DisposeAsync()
        {
            GC.KeepAlive(_last);
            return ValueTask.CompletedTask;
        }
    }
}
