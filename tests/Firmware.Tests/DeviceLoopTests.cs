using EdgeQuant.Boards;
using EdgeQuant.Firmware.Models;
using Xunit;

namespace EdgeQuant.Firmware.Tests;

/// <summary>A device on virtual time, with a simulated sensor: labels, every fault, and what it costs.</summary>
public sealed class DeviceLoopTests : IAsyncDisposable
{
    private readonly CollectingSink _sink = new();

    public ValueTask DisposeAsync()
    {
        return _sink.DisposeAsync();
    }

    [Fact]
    public void Labels_follow_the_signal()
    {
        using SimulatedDevice device = new(20);
        DeviceLoop loop = device.Run(_sink);
        Assert.InRange(_sink.Decisions.Count, 197, 200);
        Assert.Equal(_sink.Decisions.Count, loop.Decisions);
        double start = device.Seconds(_sink.Decisions[0].Time);
        foreach (DecisionRecord decision in _sink.Decisions)
        {
            // The board reads the sample a little after it was taken; decisions near a change rest on both sides.
            double phase = (device.Seconds(decision.Time) - start + 0.09) % 4;
            string? expected = phase is > 0.05 and < 1.95 ? "up" : phase is > 2.15 and < 3.95 ? "down" : null;
            Assert.Equal(expected ?? decision.LabelText, decision.LabelText);
            Assert.InRange(decision.Score, 0.5f, 1);
            Assert.True(decision.Latency > TimeSpan.Zero);
        }

        Assert.Equal(10, _sink.Decisions.Count(decision => decision.Raised));
        Assert.Equal([DeviceEventKind.Started, DeviceEventKind.Stopped], _sink.Events.Select(happening => happening.Kind));
        Assert.Contains("MPU-6050 at 100 Hz", _sink.Events[0].Message, StringComparison.Ordinal);
        Assert.Contains("up, down", _sink.Events[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("absent@3:3", DeviceEventKind.SensorGone, 3.0, DeviceEventKind.SensorBack, 6.0, 8.0)]
    [InlineData("bus-error@3:3", DeviceEventKind.SensorGone, 3.0, DeviceEventKind.SensorBack, 6.0, 8.0)]
    [InlineData("stuck@3:3", DeviceEventKind.SamplesStuck, 5.0, DeviceEventKind.SamplesGood, 6.2, 6.4)]
    [InlineData("saturated@3:3", DeviceEventKind.SamplesSaturated, 3.2, DeviceEventKind.SamplesGood, 6.2, 6.4)]
    [InlineData("late@3:3", DeviceEventKind.SamplesLate, 4.0, DeviceEventKind.SamplesGood, 6.0, 6.4)]
    public void A_fault_is_said_not_classified_and_over_when_it_is_over(string fault, DeviceEventKind begins, double from, DeviceEventKind ends, double to, double latest)
    {
        using SimulatedDevice device = new(12, fault);
        device.Run(_sink);
        DeviceEvent begin = Assert.Single(_sink.Events, happening => happening.Kind == begins);
        DeviceEvent end = Assert.Single(_sink.Events, happening => happening.Kind == ends);
        // The count of samples begins with the one before or at the change.
        Assert.InRange(device.Seconds(begin.Time), from - 0.05, from + 0.4);
        Assert.InRange(device.Seconds(end.Time), to - 0.05, latest);

        // Nothing between, and what comes after rests on new samples only.
        Assert.DoesNotContain(_sink.Decisions, decision => decision.Time > begin.Time && device.Seconds(decision.Time) < device.Seconds(end.Time) + 0.05);
        Assert.Contains(_sink.Decisions, decision => decision.Time < begin.Time);
        Assert.InRange(_sink.Decisions.Count(decision => decision.Time > end.Time), 30, 62);
        Assert.Equal(DeviceEventKind.Stopped, _sink.Events[^1].Kind);
    }

    [Fact]
    public void Lost_samples_are_counted_and_no_window_goes_across_them()
    {
        using SimulatedDevice device = new(6, "lost@3:0.5");
        device.Run(_sink);
        DeviceEvent lost = Assert.Single(_sink.Events, happening => happening.Kind == DeviceEventKind.SamplesLost);
        Assert.InRange(lost.Count ?? 0, 47, 53);
        DecisionRecord after = _sink.Decisions.First(decision => decision.Time > lost.Time);
        Assert.InRange(device.Seconds(after.Time) - device.Seconds(lost.Time), 0.08, 0.15);
    }

    [Fact]
    public void A_sensor_that_was_without_power_for_a_moment_is_set_up_anew()
    {
        // Shorter than the time between two looks: nothing fails, but the chip sleeps from then on.
        using SimulatedDevice device = new(20, "absent@3.001:0.002");
        device.Run(_sink);
        DeviceEvent back = Assert.Single(_sink.Events, happening => happening.Kind == DeviceEventKind.SensorBack);
        Assert.InRange(device.Seconds(back.Time), 3, 10);
        Assert.Contains(_sink.Decisions, decision => decision.Time > back.Time);
    }

    [Fact]
    public void The_same_trouble_is_said_once_however_long_it_lasts()
    {
        using SimulatedDevice device = new(300, "absent@3:200");
        device.Run(_sink, new DeviceLoopOptions { Heartbeat = TimeSpan.Zero });
        DeviceEvent gone = Assert.Single(_sink.Events, happening => happening.Kind == DeviceEventKind.SensorGone);
        Assert.Contains("address 0x68 of I2C bus 1", gone.Message, StringComparison.Ordinal);
        Assert.Contains("i2cdetect", gone.Message, StringComparison.Ordinal);
        DeviceEvent back = Assert.Single(_sink.Events, happening => happening.Kind == DeviceEventKind.SensorBack);
        Assert.InRange(device.Seconds(back.Time), 203, 234);
    }

    [Fact]
    public void A_sign_of_life_is_given_four_times_a_second_whatever_the_sensor_does()
    {
        using SimulatedDevice device = new(12, "absent@3:2", "late@7:3");
        List<double> times = [];
        device.Run(_sink, new DeviceLoopOptions { Alive = () => times.Add(device.Board.Clock.Elapsed.TotalSeconds) });
        Assert.InRange(times.Zip(times.Skip(1), (before, after) => after - before).Max(), 0, 0.45);
    }

    [Fact]
    public void A_heartbeat_says_how_many_decisions_were_made()
    {
        using SimulatedDevice device = new(125);
        device.Run(_sink);
        DeviceEvent[] running = [.. _sink.Events.Where(happening => happening.Kind == DeviceEventKind.Running)];
        Assert.Equal(2, running.Length);
        Assert.All(running, happening => Assert.InRange(happening.Count ?? 0, 595, 605));
    }

    [Theory]
    [InlineData("late@100:1")]
    [InlineData("absent@1:1000")]
    public void A_loop_that_is_cancelled_ends_at_once_and_says_so(string fault)
    {
        using SimulatedDevice device = new(10_000, fault);
        using CancellationTokenSource cancellation = new();
        int alive = 0;
        DeviceLoopOptions options = new()
        {
            Alive = () =>
            {
                if (++alive == 50)
                {
                    cancellation.Cancel();
                }
            },
        };
        DeviceLoop loop = device.Run(_sink, options, cancellation.Token);
        Assert.Equal(50, alive);
        Assert.Equal(DeviceEventKind.Stopped, _sink.Events[^1].Kind);
        Assert.Contains($"after {loop.Decisions} decisions", _sink.Events[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sensor_that_is_not_there_at_the_start_is_an_error()
    {
        using SimulatedDevice device = new(10, "absent@0");
        SensorException exception = Assert.Throws<SensorException>(() => device.Run(_sink));
        Assert.Equal(SensorFault.NotFound, exception.Fault);
    }

    [Fact]
    public void A_model_for_another_sensor_is_refused_at_the_start()
    {
        using SimulatedDevice device = new(10);
        device.Replace(TiltModel.File(sampleRate: 50));
        Assert.Throws<ModelRefusedException>(() => device.Run(_sink));
        Assert.Empty(_sink.Decisions);
    }

    [Fact]
    public void A_hundred_thousand_decisions_allocate_nothing()
    {
        const int Warm = 2000;
        const int Measured = 100_000;
        using SimulatedDevice device = new((Warm + Measured + 1000) / 100.0);
        device.Replace(TiltModel.File(stride: 1));
        AllocationSink sink = new(Warm, Warm + Measured);
        device.Run(sink, new DeviceLoopOptions { Heartbeat = TimeSpan.Zero });
        Assert.Equal(0, sink.Allocated);
    }

    /// <summary>Measures what the thread allocates from one decision to another.</summary>
    private sealed class AllocationSink(long first, long last) : IDecisionSink
    {
        private long _decisions;
        private long _before;

        public long? Allocated { get; private set; }

        public void Emit(in DecisionRecord decision)
        {
            _decisions++;
            if (_decisions == first)
            {
                // Takes the thread's allocation buffer away (see Allocations).
                GC.Collect(0);
                _before = GC.GetAllocatedBytesForCurrentThread();
            }
            else if (_decisions == last)
            {
                Allocated = GC.GetAllocatedBytesForCurrentThread() - _before;
            }
        }

        public void Report(DeviceEvent happening)
        {
            // Only decisions are counted.
        }

        public ValueTask DisposeAsync()
        {
            return ValueTask.CompletedTask;
        }
    }
}
