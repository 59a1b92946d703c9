using System.Buffers;
using System.Text.Json;
using EdgeQuant.Firmware.Simulation;
using EdgeQuant.Runtime;
using Xunit;

namespace EdgeQuant.Firmware.Tests.Live;

/// <summary>The messages of a live page.</summary>
public sealed class LiveSimulationTests
{
    [Fact]
    public async Task Messages_say_what_the_simulation_did()
    {
        CollectingSink sink = new();
        await using SmallSimulation simulation = new(8);
        SimulationSummary summary = simulation.Play(default, sink);
        JsonElement start = Parse(simulation.Live.Start!);
        Assert.Equal(("start", "tilt.eqm", "MPU-6050"), (start.GetProperty("type").GetString(), start.GetProperty("model").GetString(), start.GetProperty("sensor").GetString()));
        Assert.Equal(["aX", "aY", "aZ"], start.GetProperty("channels").EnumerateArray().Select(channel => channel.GetProperty("name").GetString()));
        Assert.Equal(["up", "down"], start.GetProperty("labels").EnumerateArray().Select(label => label.GetString()));
        Assert.Equal(summary.Deadline, start.GetProperty("deadline").GetDouble());

        JsonElement[] messages = Messages(simulation);
        JsonElement[] decisions = Of(messages, "decision");
        Assert.Equal(sink.Decisions.Select(decision => decision.LabelText), decisions.Select(decision => decision.GetProperty("label").GetString()));
        Assert.Equal(sink.Decisions.Select(decision => decision.Raised), decisions.Select(decision => decision.GetProperty("raised").GetBoolean()));
        Assert.All(sink.Decisions.Zip(decisions), pair =>
        {
            (DecisionRecord decision, JsonElement message) = pair;
            double[] scores = Numbers(message, "scores");
            Assert.Equal(decision.Score, message.GetProperty("score").GetDouble(), 1e-4);
            Assert.Equal(decision.Latency.TotalMicroseconds, message.GetProperty("latency").GetDouble(), 0.06);
            Assert.Equal((decision.Time - simulation.Run.Start).TotalSeconds, message.GetProperty("time").GetDouble(), 1e-4);
            Assert.Equal(decision.Score, decision.Label < 0 ? scores.Max() : scores[decision.Label], 1e-4);
            Assert.Equal(2, scores.Length);
            Assert.True(Assert.Single(Numbers(message, "network")) > 0);
            Assert.True(Numbers(message, "network").Sum() < decision.Latency.TotalMicroseconds);
            Assert.Empty(Numbers(message, "frontEnd"));
        });
        Assert.Equal(Enumerable.Range(1, decisions.Length), decisions.Select(decision => decision.GetProperty("counts").GetProperty("decisions").GetInt32()));

        JsonElement end = Assert.Single(Of(messages, "end"));
        Assert.Equal("end", messages[^1].GetProperty("type").GetString());
        Assert.Equal(summary.Samples, end.GetProperty("samples").GetInt64());
        Assert.Empty(Of(messages, "event"));
        Assert.True(simulation.Live.IsOver);
    }

    [Fact]
    public async Task Every_sample_is_a_point_in_the_sensor_s_unit_at_its_time()
    {
        await using SmallSimulation simulation = new(4);
        SimulationSummary summary = simulation.Play();
        JsonElement[] messages = Of(Messages(simulation), "samples");
        double[] x = [.. messages.SelectMany(message => Values(message, 0))];
        Assert.Equal(summary.Samples, x.Length);
        Assert.All(x.Take(190), value => Assert.Equal(0.8, value, 0.011));
        Assert.All(x.Skip(205).Take(190), value => Assert.Equal(-0.8, value, 0.011));
        double[] times = [.. messages.SelectMany(message => Enumerable.Range(0, Values(message, 0).Length).Select(i => message.GetProperty("time").GetDouble() + (i * message.GetProperty("step").GetDouble())))];
        Assert.All(times.Zip(times.Skip(1), (before, after) => after - before), step => Assert.InRange(step, 0, 0.03));
        Assert.Equal(4, times[^1] - times[0], 0.1);
    }

    [Fact]
    public async Task Fast_signals_become_lows_and_highs()
    {
        await using SmallSimulation simulation = new(3, rate: 1000);
        SimulationSummary summary = simulation.Play();
        JsonElement[] messages = Of(Messages(simulation), "samples");
        double[] z = [.. messages.SelectMany(message => Values(message, 2))];
        Assert.InRange(z.Length, 0.17 * summary.Samples, 0.2 * summary.Samples);
        Assert.All(z.Chunk(2), pair => Assert.True(pair[0] <= pair[1]));
        Assert.Equal(0.98, z.Min(), 0.001);
        Assert.Equal(1.02, z.Max(), 0.001);
        Assert.All(messages, message => Assert.Equal(0.005, message.GetProperty("step").GetDouble()));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(4)]
    [InlineData(13)]
    public async Task Frames_are_what_the_network_read(int stride)
    {
        List<int[]> read = [];
        await using SmallSimulation simulation = new(3, stride);
        Pipeline pipeline = simulation.Run.Pipeline;
        CollectingSink sink = new();
        INetworkWatch live = pipeline.Network.Watch!;
        pipeline.Network.Watch = new Spy(pipeline.Network, live, read);
        simulation.Play(default, sink);
        JsonElement[] decisions = Of(Messages(simulation), "decision");
        read = read[^decisions.Length..];
        for (int i = 0; i < decisions.Length; i++)
        {
            int[][] frames = [.. decisions[i].GetProperty("features").EnumerateArray().Select(frame => frame.EnumerateArray().Select(value => value.GetInt32()).ToArray())];
            int expected = i == 0 ? TiltModel.FrameSamples : Math.Min(stride, TiltModel.FrameSamples);
            Assert.Equal(expected, frames.Length);
            Assert.Equal(read[i][^(3 * expected)..], frames.SelectMany(frame => frame));
        }
    }

    [Fact]
    public async Task Faults_are_messages_and_what_follows_starts_with_a_whole_window()
    {
        await using SmallSimulation simulation = new(8, stride: 4, faults: "lost@3:0.5");
        simulation.Play();
        JsonElement[] messages = Messages(simulation);
        JsonElement lost = Assert.Single(Of(messages, "event"));
        Assert.Equal("samples-lost", lost.GetProperty("kind").GetString());
        Assert.InRange(lost.GetProperty("counts").GetProperty("lost").GetInt32(), 47, 53);
        JsonElement after = messages.SkipWhile(message => message.GetProperty("type").GetString() != "event").First(message => message.GetProperty("type").GetString() == "decision");
        Assert.Equal(TiltModel.FrameSamples, after.GetProperty("features").GetArrayLength());
    }

    [Fact]
    public async Task Looking_on_allocates_nothing_on_the_simulation_s_thread()
    {
        await using SmallSimulation simulation = new(60);
        Assert.Equal(0, simulation.Play().AllocatedBytes);
        Assert.All(Of(Messages(simulation), "decision"), decision => Assert.Equal(0, decision.GetProperty("counts").GetProperty("allocatedBytes").GetInt64()));
    }

    private static JsonElement[] Messages(SmallSimulation simulation)
    {
        List<JsonElement> messages = [];
        long position = 0;
        while (true)
        {
            ArrayBufferWriter<byte> writer = new();
            long next = simulation.Live.History.CopyNext(position, writer, out bool missed);
            Assert.False(missed);
            if (next == position)
            {
                return [.. messages];
            }

            messages.Add(Parse(writer.WrittenMemory));
            position = next;
        }
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static JsonElement[] Of(JsonElement[] messages, string type)
    {
        return [.. messages.Where(message => message.GetProperty("type").GetString() == type)];
    }

    private static double[] Numbers(JsonElement message, string name)
    {
        return [.. message.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
    }

    private static double[] Values(JsonElement message, int channel)
    {
        return [.. message.GetProperty("values")[channel].EnumerateArray().Select(value => value.GetDouble())];
    }

    /// <summary>Reads the input itself, and lets another one look on as well.</summary>
    private sealed class Spy(Network network, INetworkWatch other, List<int[]> read) : INetworkWatch
    {
        public void Begins()
        {
            read.Add([.. network.Input().ToArray().Select(value => (int)value)]);
            other.Begins();
        }

        public void Ran(int index)
        {
            other.Ran(index);
        }
    }
}
