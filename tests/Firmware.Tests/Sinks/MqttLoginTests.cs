using System.Security.Cryptography.X509Certificates;
using EdgeQuant.Firmware.Sinks;
using Xunit;

namespace EdgeQuant.Firmware.Tests.Sinks;

/// <summary>A real broker that asks who comes, and says who it is.</summary>
public sealed class MqttLoginTests : IDisposable
{
    private static readonly QueueOptions s_queue = new() { FirstRetry = TimeSpan.FromMilliseconds(50), LongestRetry = TimeSpan.FromMilliseconds(200), Farewell = TimeSpan.FromSeconds(10) };

    private readonly Events _events = new();
    private readonly Certificates _certificates = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _certificates.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Who_knows_the_password_comes_in_and_who_does_not_is_told_where_to_look()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, Mosquitto.Absent);
        Mosquitto.WriteAccount(_folder.File("accounts"), "sensor", "s3cret: or not");
        using Mosquitto broker = new("allow_anonymous false", $"password_file {_folder.File("accounts")}");
        broker.Start();
        MqttOptions options = Options(broker) with { UserName = "sensor", Password = "s3cret: or not" };
        await Delivers(broker, options);
        await Refuses(options with { Password = "secret" }, "it refuses this device");
        await Refuses(options with { UserName = null, Password = null }, "it refuses this device");
    }

    [Fact]
    public async Task An_encrypted_connection_is_made_to_who_is_believed_also_after_a_restart()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, Mosquitto.Absent);
        using Mosquitto broker = new(Encrypted("broker"));
        broker.Start();
        MqttOptions options = Options(broker) with { Tls = Believing(_certificates) };
        await Delivers(broker, options);

        await using MqttSink sink = new(options, s_queue, _events.Add);
        using (MqttListener listener = await MqttListener.Start(broker.Port))
        {
            sink.Emit(Decisions.Of(1));
            Assert.True(listener.Hears(heard => heard.Any(message => message.Text.EndsWith("\"sample\":1}", StringComparison.Ordinal))));
        }

        broker.Stop();
        sink.Emit(Decisions.Of(2));
        _events.WaitFor(DeviceEventKind.OutputFailed);
        broker.Start();
        _events.WaitFor(DeviceEventKind.OutputBack);
        using MqttListener again = await MqttListener.Start(broker.Port);
        sink.Emit(Decisions.Of(3));
        Assert.True(again.Hears(heard => heard.Any(message => message.Text.EndsWith("\"sample\":3}", StringComparison.Ordinal))));
        Assert.DoesNotContain(DeviceEventKind.DecisionsDropped, _events.Kinds);
    }

    [Fact]
    public async Task A_broker_that_asks_for_a_certificate_takes_one_that_its_authority_has_signed()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, Mosquitto.Absent);
        using Mosquitto broker = new([.. Encrypted("broker"), "require_certificate true"]);
        broker.Start();
        MqttOptions options = Options(broker);
        (string certificate, string key) = _certificates.Sign("sensor");
        using X509Certificate2 own = X509Certificate2.CreateFromPemFile(certificate, key);
        await Delivers(broker, options with { Tls = Believing(_certificates) with { Certificate = own } });
        await Refuses(options with { Tls = Believing(_certificates) }, "mqtt.tls.certificate");
    }

    [Fact]
    public async Task A_broker_that_is_not_believed_gets_nothing_and_it_is_said_why()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, Mosquitto.Absent);
        using Certificates others = new("Other CA");
        using (Mosquitto broker = new(Encrypted("broker")))
        {
            broker.Start();
            MqttOptions options = Options(broker);
            await Refuses(options with { Tls = Believing(others) }, "its certificate (CN=broker, signed by CN=Test CA) is not signed by anybody whom this device believes. Name the file");
            await Refuses(options with { Tls = new MqttTls() }, "is not signed by anybody whom this device believes");
            await Refuses(options with { Tls = Believing(_certificates), Port = broker.Port }, "It may not speak TLS at this port");
        }

        await RefusesCertificate(Encrypted("elsewhere", host: "elsewhere.example"), "its certificate (CN=elsewhere) is for another name than 127.0.0.1. Set mqtt.host");
        await RefusesCertificate(Encrypted("old", from: -20, until: -10), "Set the clock, or renew the certificate.");
        await RefusesCertificate(Encrypted("young", from: 10, until: 20), "Set the clock, or renew the certificate.");
    }

    private static MqttOptions Options(Mosquitto broker)
    {
        return new MqttOptions { Host = "127.0.0.1", Port = broker.GuardedPort, Topic = "home", ClientId = "test", Timeout = TimeSpan.FromSeconds(10) };
    }

    private static MqttTls Believing(Certificates certificates)
    {
        MqttTls tls = new();
        tls.Authorities.ImportFromPemFile(certificates.AuthorityPath);
        return tls;
    }

    private string[] Encrypted(string name, string? host = null, int from = -10, int until = 10)
    {
        (string certificate, string key) = _certificates.Sign(name, host, from, until);
        return ["allow_anonymous true", $"cafile {_certificates.AuthorityPath}", $"certfile {certificate}", $"keyfile {key}"];
    }

    private async Task Delivers(Mosquitto broker, MqttOptions options)
    {
        using MqttListener listener = await MqttListener.Start(broker.Port);
        await using (MqttSink sink = new(options, s_queue, _events.Add))
        {
            for (int i = 0; i < 100; i++)
            {
                sink.Emit(Decisions.Of(i));
            }
        }

        Assert.True(listener.Hears(heard => heard.Count(message => message.Topic == "home/decisions") == 100));
        Assert.Empty(_events.All);
    }

    private async Task RefusesCertificate(string[] guard, string message)
    {
        using Mosquitto broker = new(guard);
        broker.Start();
        await Refuses(Options(broker) with { Tls = Believing(_certificates) }, message);
    }

    private static async Task Refuses(MqttOptions options, string message)
    {
        Events events = new();
        await using MqttSink sink = new(options, s_queue with { Farewell = TimeSpan.Zero }, events.Add);
        sink.Emit(Decisions.Of(0));
        Assert.Contains(message, events.WaitFor(DeviceEventKind.OutputFailed).Message, StringComparison.Ordinal);
    }
}
