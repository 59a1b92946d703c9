using System.Buffers;
using System.Text;
using MQTTnet;

namespace EdgeQuant.Firmware.Tests.Sinks;

/// <summary>Somebody else at the broker, who hears everything.</summary>
internal sealed class MqttListener : IDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Lock _lock = new();
    private readonly List<(string Topic, string Text)> _heard = [];

    /// <summary>What was heard, in its order.</summary>
    public IReadOnlyList<(string Topic, string Text)> Heard
    {
        get
        {
            lock (_lock)
            {
                return [.. _heard];
            }
        }
    }

    public static async Task<MqttListener> Start(int port)
    {
        MqttListener listener = new();
        listener._client.ApplicationMessageReceivedAsync += received =>
        {
            lock (listener._lock)
            {
                listener._heard.Add((received.ApplicationMessage.Topic, Encoding.UTF8.GetString(received.ApplicationMessage.Payload.ToArray())));
            }

            return Task.CompletedTask;
        };
        MqttClientFactory factory = new();
        await listener._client.ConnectAsync(factory.CreateClientOptionsBuilder().WithTcpServer("127.0.0.1", port).Build());
        await listener._client.SubscribeAsync(factory.CreateSubscribeOptionsBuilder().WithTopicFilter("#", MQTTnet.Protocol.MqttQualityOfServiceLevel.AtLeastOnce).Build());
        return listener;
    }

    /// <summary>Waits until something was heard.</summary>
    public bool Hears(Func<IReadOnlyList<(string Topic, string Text)>, bool> what)
    {
        return SpinWait.SpinUntil(() => what(Heard), TimeSpan.FromSeconds(20));
    }

    public void Dispose()
    {
        _client.Dispose();
    }
}
