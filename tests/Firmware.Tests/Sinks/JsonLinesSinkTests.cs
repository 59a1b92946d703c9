using System.Text;
using EdgeQuant.Firmware.Sinks;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Firmware.Tests.Sinks;

/// <summary>Decisions and events as lines of JSON on a stream.</summary>
public sealed class JsonLinesSinkTests
{
    [Fact]
    public async Task A_line_has_time_label_score_and_latency()
    {
        string[] lines = await Written(sink =>
        {
            sink.Emit(Decisions.Of(128, raised: true));
            sink.Emit(Decisions.Of(130, DecisionRecord.UnknownText));
        });
        Assert.Equal(
            [
                """{"timestamp":"2026-01-01T00:02:08Z","label":"wave","class":1,"score":0.9375,"raised":true,"latencyMs":0.412,"sample":128}""",
                """{"timestamp":"2026-01-01T00:02:10Z","label":"unknown","class":-1,"score":0.9375,"raised":false,"latencyMs":0.412,"sample":130}""",
            ],
            lines);
    }

    [Fact]
    public async Task An_event_is_a_line_of_what_there_is_to_say()
    {
        DeviceEvent happening = new(Decisions.Start, DeviceEventKind.SamplesStuck, "Channel \"aX\"\nis stuck: 5 °.") { Count = 3, From = Decisions.Start, Until = Decisions.Start.AddHours(1) };
        string[] lines = await Written(sink =>
        {
            sink.Report(happening);
            sink.Report(Decisions.Event());
        });
        Assert.Equal(
            [
                """{"timestamp":"2026-01-01T00:00:00Z","event":"samples-stuck","message":"Channel \"aX\"\nis stuck: 5 °.","count":3,"from":"2026-01-01T00:00:00Z","until":"2026-01-01T01:00:00Z"}""",
                """{"timestamp":"2026-01-01T00:00:00Z","event":"running","message":"ten decisions"}""",
            ],
            lines);
    }

    [Fact]
    public async Task All_that_was_emitted_is_there_in_order_when_it_is_closed()
    {
        string[] lines = await Written(sink =>
        {
            for (int i = 0; i < 5000; i++)
            {
                sink.Emit(Decisions.Of(i));
            }
        });
        Assert.Equal(Enumerable.Range(0, 5000).Select(i => (long)i), Decisions.Samples(lines));
    }

    [Fact]
    public async Task A_stream_that_nobody_reads_any_more_is_said_once_and_nothing_waits_for_it()
    {
        Events events = new();
        CancellationToken closed;
        await using (JsonLinesSink sink = new("standard output", new ClosedStream(), new QueueOptions(), events.Add))
        {
            closed = sink.Closed;
            sink.Emit(Decisions.Of(1));
            Assert.True(SpinWait.SpinUntil(() => closed.IsCancellationRequested, TimeSpan.FromSeconds(20)));
            sink.Emit(Decisions.Of(2));
        }

        Assert.Empty(events.All);
    }

    [Fact]
    public async Task Emitting_allocates_nothing()
    {
        await using JsonLinesSink sink = new("standard output", Stream.Null, new QueueOptions { Capacity = 100 }, _ => { });
        sink.Emit(Decisions.Of(1));
        DecisionRecord decision = Decisions.Of(2);
        long allocated = Allocations.Of(() =>
        {
            for (int i = 0; i < 100_000; i++)
            {
                sink.Emit(decision);
            }
        });
        Assert.Equal(0, allocated);
    }

    private static async Task<string[]> Written(Action<JsonLinesSink> emit)
    {
        using MemoryStream stream = new();
        Events events = new();
        await using (JsonLinesSink sink = new("standard output", stream, new QueueOptions(), events.Add))
        {
            emit(sink);
        }

        Assert.Empty(events.All);
        string text = Encoding.UTF8.GetString(stream.ToArray());
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        return text[..^1].Split('\n');
    }

    /// <summary>A pipe whose reader has gone.</summary>
    private sealed class ClosedStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            throw new IOException("Broken pipe");
        }
    }
}
