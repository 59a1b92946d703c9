using EdgeQuant.Boards.Simulator;
using EdgeQuant.Boards.Simulator.Signals;
using EdgeQuant.Boards.Tests.Sensors;
using Xunit;

namespace EdgeQuant.Boards.Tests;

public sealed class SampleMonitorTests
{
    private static readonly string[] s_axes = ["aX", "aY", "aZ"];

    [Theory]
    [InlineData("stuck@2:4", SensorFault.Stuck, 4.0, 6.2, "same value")]
    [InlineData("saturated@2:1", SensorFault.Saturated, 2.2, 3.2, "end of its range")]
    public void Samples_that_cannot_be_believed_are_seen_from_a_limit_on_until_they_are_good_for_a_while(string fault, SensorFault seen, double from, double to, string message)
    {
        using SimulatedSensor simulated = new(new SensorSettings { Sensor = "mpu6050", Channels = s_axes }, Shaking(), Fault.Parse(fault));
        using ISensor sensor = simulated.Open();
        double start = simulated.Board.Clock.Elapsed.TotalSeconds;
        SampleMonitor monitor = new(sensor.Description, TimeSpan.Zero);
        List<(int Sample, SensorFault? Fault)> changes = [];
        short[] read = simulated.ReadAll(sensor);
        SensorFault? last = null;
        for (int at = 0; at < read.Length;)
        {
            int count = monitor.Examine(read.AsSpan(at, Math.Min(read.Length - at, 3 * 17)));
            Assert.InRange(count, 1, 17);
            if (monitor.Fault != last)
            {
                last = monitor.Fault;
                changes.Add((at / 3, last));
                Assert.Contains(message, monitor.Explain(seen).Message, StringComparison.Ordinal);
            }

            at += count * 3;
        }

        Assert.Equal([seen, null], changes.Select(change => change.Fault));
        Assert.Equal(from, start + (changes[0].Sample / 100.0), 0.03);
        Assert.Equal(to, start + (changes[1].Sample / 100.0), 0.03);
    }

    [Fact]
    public void What_is_seen_does_not_depend_on_how_samples_are_cut()
    {
        SensorDescription sensor = new("test", [new SensorChannel("a", "g", 1) { IsNoisy = true }], 8000);
        Random random = new(5);
        short[] samples = [.. Enumerable.Range(0, 3000).Select(i => (i / 100 % 3) switch { 0 => short.MaxValue, 1 => (short)7, _ => (short)random.Next(-100, 100) })];
        SensorFault?[] whole = Faults(sensor, samples, () => samples.Length);
        Assert.Contains(SensorFault.Stuck, whole);
        Assert.Contains(SensorFault.Saturated, whole);
        Assert.Contains(null, whole);
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(whole, Faults(sensor, samples, () => random.Next(1, 60)));
        }
    }

    [Fact]
    public void A_channel_without_noise_may_stand_still()
    {
        SampleMonitor monitor = new(new SensorDescription("test", [new SensorChannel("a0", "V", 1)], 8000), TimeSpan.Zero);
        Assert.Equal(1000, monitor.Examine(new short[1000]));
        Assert.Null(monitor.Fault);
    }

    [Fact]
    public void Samples_are_late_after_a_second_without_one()
    {
        SampleMonitor monitor = new(new SensorDescription("test", [new SensorChannel("a", "g", 1)], 100_000), TimeSpan.Zero);
        monitor.Arrived(0, TimeSpan.FromSeconds(0.9));
        Assert.False(monitor.IsLate);
        monitor.Arrived(0, TimeSpan.FromSeconds(1));
        Assert.True(monitor.IsLate);
        Assert.Contains("no samples came for 1 s", monitor.Explain(SensorFault.Late).Message, StringComparison.Ordinal);
        monitor.Arrived(5, TimeSpan.FromSeconds(1.5));
        monitor.Arrived(5, TimeSpan.FromSeconds(1.6));
        Assert.False(monitor.IsLate);
    }

    private static SensorFault?[] Faults(SensorDescription sensor, short[] samples, Func<int> piece)
    {
        SampleMonitor monitor = new(sensor, TimeSpan.Zero);
        List<SensorFault?> faults = [];
        while (faults.Count < samples.Length)
        {
            int count = monitor.Examine(samples.AsSpan(faults.Count, Math.Min(piece(), samples.Length - faults.Count)));
            faults.AddRange(Enumerable.Repeat(monitor.Fault, count));
        }

        return [.. faults];
    }

    private static GeneratedSignal Shaking()
    {
        return new GeneratedSignal(s_axes, (time, values) => values.Fill((float)Math.Sin(time.TotalSeconds * 40)), TimeSpan.FromSeconds(8));
    }
}
