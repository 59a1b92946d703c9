using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace EdgeQuant.Firmware.Sinks;

/// <summary>
/// Publishes each decision and event as JSON to a broker, at least once (quality of service 1: the broker has confirmed it). Where the
/// broker is away, decisions wait in the queue, and the connection is tried again, less and less often.
/// </summary>
public sealed class MqttSink : QueuedSink
{
    private readonly MqttOptions _options;
    private readonly EntryJson _json = new();
    private readonly MqttClientFactory _factory = new();
    private readonly IMqttClient _client;
    private readonly MqttClientOptions _connection;
    private readonly string _decisions;
    private readonly string _events;
    private readonly string _status;
    private volatile string? _distrust;

    /// <summary>Makes a sink; it connects with the first entry.</summary>
    /// <param name="options">The broker.</param>
    /// <param name="queue">The queue in front of it.</param>
    /// <param name="report">Told when something is wrong.</param>
    public MqttSink(MqttOptions options, QueueOptions queue, Action<DeviceEvent> report)
        : base($"MQTT broker {options?.Host}:{options?.Port}", queue, report)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _decisions = options.Topic + "/decisions";
        _events = options.Topic + "/events";
        _status = options.Topic + "/status";
        _client = _factory.CreateMqttClient();
        _connection = Connection(options);
    }

    /// <inheritdoc/>
    protected override TimeSpan IdleInterval => TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override void Deliver(ReadOnlySpan<SinkEntry> entries)
    {
        Connect();
        Task<MqttClientPublishResult>[] published = new Task<MqttClientPublishResult>[entries.Length];
        using CancellationTokenSource timeout = new(_options.Timeout);
        for (int i = 0; i < entries.Length; i++)
        {
            _json.Clear();
            _json.Write(entries[i]);
            published[i] = _client.PublishAsync(Message(entries[i].IsDecision ? _decisions : _events, _json.Written.ToArray(), retain: false), timeout.Token);
        }

        int delivered = 0;
        Exception? trouble = null;
        foreach (Task<MqttClientPublishResult> publishing in published)
        {
            try
            {
                MqttClientPublishResult result = publishing.GetAwaiter().GetResult();
                trouble ??= result.IsSuccess ? null : new MqttProtocolViolationException($"it refused a message: {result.ReasonCode} {result.ReasonString}".TrimEnd());
            }
            catch (Exception exception) when (IsTrouble(exception))
            {
                trouble ??= exception;
            }

            delivered += trouble is null ? 1 : 0;
        }

        if (trouble is not null)
        {
            throw new DeliveryException(delivered, Describe(trouble), trouble);
        }
    }

    /// <inheritdoc/>
    protected override void Idle()
    {
        Connect();
    }

    /// <inheritdoc/>
    protected override async ValueTask CloseAsync()
    {
        try
        {
            if (_client.IsConnected)
            {
                using CancellationTokenSource timeout = new(_options.Timeout);
                await _client.PublishAsync(Message(_status, "offline"u8.ToArray(), retain: true), timeout.Token).ConfigureAwait(false);
                await _client.DisconnectAsync(new MqttClientDisconnectOptions(), timeout.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (IsTrouble(exception))
        {
            // The broker finds out by itself, and publishes the will.
        }

        _client.Dispose();
        _json.Dispose();
    }

    private static bool IsTrouble(Exception exception)
    {
        return exception is MqttCommunicationException or MqttProtocolViolationException or MqttClientDisconnectedException or OperationCanceledException
            or SocketException or IOException or InvalidOperationException or TimeoutException or AuthenticationException;
    }

    private static MqttApplicationMessage Message(string topic, byte[] payload, bool retain)
    {
        return new MqttApplicationMessageBuilder()
            .WithTopic(topic)
            .WithPayload(payload)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithRetainFlag(retain)
            .Build();
    }

    private void Connect()
    {
        if (_client.IsConnected)
        {
            return;
        }

        _distrust = null;
        try
        {
            using CancellationTokenSource timeout = new(_options.Timeout);
            MqttClientConnectResult result = _client.ConnectAsync(_connection, timeout.Token).GetAwaiter().GetResult();
            if (result.ResultCode != MqttClientConnectResultCode.Success)
            {
                throw new DeliveryException(0, Refused(result.ResultCode));
            }

            _client.PublishAsync(Message(_status, "online"u8.ToArray(), retain: true), timeout.Token).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (IsTrouble(exception))
        {
            throw new DeliveryException(0, Describe(exception), exception);
        }
    }

    private string Describe(Exception exception)
    {
        return exception switch
        {
            _ when _distrust is { } distrust => distrust,
            OperationCanceledException or TimeoutException => $"no answer within {_options.Timeout.TotalSeconds:0.#} s.",
            _ when Innermost(exception) is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } => "there is no host of that name.",
            _ when _options.Tls is not null => $"{Sentence(Innermost(exception).Message)} It may not speak TLS at this port, or ask for a certificate that its CA has signed (mqtt.tls.certificate).",
            _ => Sentence(Innermost(exception).Message),
        };
    }

    private static string Refused(MqttClientConnectResultCode code)
    {
        return code is MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized
            ? $"it refuses this device ({code}). Look at its user name and password."
            : $"it refuses the connection: {code}.";
    }

    private static string Sentence(string message)
    {
        return message.EndsWith('.') ? message : message + ".";
    }

    private static Exception Innermost(Exception exception)
    {
        while (exception is not SocketException && exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception;
    }

    private MqttClientOptions Connection(MqttOptions options)
    {
        MqttClientOptionsBuilder builder = _factory.CreateClientOptionsBuilder()
            .WithTcpServer(options.Host, options.Port)
            .WithClientId(options.ClientId)
            .WithTimeout(options.Timeout)
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(15))
            .WithCleanStart()
            .WithWillTopic(_status)
            .WithWillPayload("offline"u8.ToArray())
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithWillRetain();
        if (options.UserName is not null)
        {
            builder = builder.WithCredentials(options.UserName, options.Password is null ? null : Encoding.UTF8.GetBytes(options.Password));
        }

        return options.Tls is { } tls ? builder.WithTlsOptions(encryption => Encrypt(encryption, tls)).Build() : builder.Build();
    }

    private void Encrypt(MqttClientTlsOptionsBuilder encryption, MqttTls tls)
    {
        // Nobody answers for the revocations of a CA of one's own.
        encryption.UseTls().WithRevocationMode(X509RevocationMode.NoCheck).WithCertificateValidationHandler(IsBelieved);
        if (tls.Authorities.Count > 0)
        {
            encryption.WithTrustChain(tls.Authorities);
        }

        if (tls.Certificate is { } own)
        {
            encryption.WithClientCertificates(new X509Certificate2Collection(own));
        }
    }

    private bool IsBelieved(MqttClientCertificateValidationEventArgs shown)
    {
        _distrust = CertificateTrouble.Explain(shown.Certificate, shown.Chain, shown.SslPolicyErrors, _options.Host);
        return _distrust is null;
    }
}
