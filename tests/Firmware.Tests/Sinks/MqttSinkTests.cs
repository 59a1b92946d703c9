using EdgeQuant.Firmware.Sinks;
using Xunit;

namespace EdgeQuant.Firmware.Tests.Sinks;

/// <summary>Decisions at a real broker, also one that goes away and comes back.</summary>
public sealed class MqttSinkTests
{
    private static readonly QueueOptions s_queue = new() { FirstRetry = TimeSpan.FromMilliseconds(50), LongestRetry = TimeSpan.FromMilliseconds(200), Farewell = TimeSpan.FromSeconds(10) };

    private readonly Events _events = new();

    [Fact]
    public async Task Decisions_and_events_are_published_and_the_status_is_kept()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, Mosquitto.Absent);
        using Mosquitto broker = new();
        broker.Start();
        using MqttListener listener = await MqttListener.Start(broker.Port);
        await using (MqttSink sink = Sink(broker.Port))
        {
            for (int i = 0; i < 200; i++)
            {
                sink.Emit(Decisions.Of(i));
            }

            sink.Report(Decisions.Event());
        }

        Assert.True(listener.Hears(heard => heard.Contains(("home/status", "offline"))));
        Assert.Equal(Enumerable.Range(0, 200).Select(i => (long)i), Samples(listener));
        Assert.Contains("\"event\":\"running\"", Assert.Single(listener.Heard, message => message.Topic == "home/events").Text, StringComparison.Ordinal);
        Assert.Equal(["online", "offline"], listener.Heard.Where(message => message.Topic == "home/status").Select(message => message.Text));
        Assert.Empty(_events.All);

        // Who comes later is told as well.
        using MqttListener later = await MqttListener.Start(broker.Port);
        Assert.True(later.Hears(heard => heard.Contains(("home/status", "offline"))));
    }

    [Fact]
    public async Task A_broker_that_comes_back_gets_what_waited_and_what_did_not_fit_is_said()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, Mosquitto.Absent);
        using Mosquitto broker = new();
        broker.Start();
        MqttSink sink = Sink(broker.Port, s_queue with { Capacity = 100 });
        using (MqttListener listener = await MqttListener.Start(broker.Port))
        {
            sink.Emit(Decisions.Of(0));
            Assert.True(listener.Hears(heard => heard.Any(message => message.Topic == "home/decisions")));
        }

        broker.Stop();
        sink.Emit(Decisions.Of(1));
        Assert.Contains($"MQTT broker 127.0.0.1:{broker.Port}", _events.WaitFor(DeviceEventKind.OutputFailed).Message, StringComparison.Ordinal);
        for (int i = 2; i < 500; i++)
        {
            sink.Emit(Decisions.Of(i));
        }

        broker.Start();
        DeviceEvent dropped = _events.WaitFor(DeviceEventKind.DecisionsDropped);
        _events.WaitFor(DeviceEventKind.OutputBack);
        using MqttListener again = await MqttListener.Start(broker.Port);
        sink.Emit(Decisions.Of(1000));
        Assert.True(again.Hears(heard => heard.Any(message => message.Text.Contains("\"sample\":1000", StringComparison.Ordinal))));
        await sink.DisposeAsync();

        // One that was tried, at most a batch of 64, and the queue of 100 were kept.
        Assert.InRange(dropped.Count ?? 0, 498 - 164, 498 - 100);
        Assert.True(dropped.From >= Decisions.Of(1).Time);
        Assert.True(dropped.Until < Decisions.Of(400).Time);
        Assert.Equal([DeviceEventKind.OutputFailed, DeviceEventKind.OutputBack, DeviceEventKind.DecisionsDropped], _events.Kinds);
    }

    [Fact]
    public async Task Without_a_broker_everything_waits_and_arrives_when_there_is_one()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, Mosquitto.Absent);
        using Mosquitto broker = new();
        MqttSink sink = Sink(broker.Port);
        sink.Emit(Decisions.Of(0));
        _events.WaitFor(DeviceEventKind.OutputFailed);
        broker.Start();
        _events.WaitFor(DeviceEventKind.OutputBack);
        using MqttListener listener = await MqttListener.Start(broker.Port);
        for (int i = 1; i < 50; i++)
        {
            sink.Emit(Decisions.Of(i));
        }

        await sink.DisposeAsync();
        Assert.True(listener.Hears(_ => Samples(listener).Distinct().Count() == 49));
        Assert.DoesNotContain(DeviceEventKind.DecisionsDropped, _events.Kinds);
    }

    [Fact]
    public async Task A_host_that_does_not_exist_is_said()
    {
        MqttOptions options = new() { Host = "broker.invalid", Topic = "home", ClientId = "test" };
        await using MqttSink sink = new(options, s_queue with { Farewell = TimeSpan.Zero }, _events.Add);
        sink.Emit(Decisions.Of(0));
        Assert.Contains("MQTT broker broker.invalid:1883", _events.WaitFor(DeviceEventKind.OutputFailed).Message, StringComparison.Ordinal);
    }

    private MqttSink Sink(int port, QueueOptions? queue = null)
    {
        return new MqttSink(new MqttOptions { Host = "127.0.0.1", Port = port, Topic = "home", ClientId = "test" }, queue ?? s_queue, _events.Add);
    }

    private static long[] Samples(MqttListener listener)
    {
        return Decisions.Samples(listener.Heard.Where(message => message.Topic == "home/decisions").Select(message => message.Text));
    }
}
