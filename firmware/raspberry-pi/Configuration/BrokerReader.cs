using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EdgeQuant.Converter.Json;
using EdgeQuant.Firmware.Sinks;

namespace EdgeQuant.Device.Configuration;

/// <summary>Reads the configuration's <c>mqtt</c>: which broker, how to log in, how to encrypt. Secrets stand in files of their own.</summary>
/// <param name="reader">The object.</param>
/// <param name="readablePath">The full path for one that may be relative to the configuration's folder; null for null, and for a file that cannot be looked into now.</param>
internal sealed class BrokerReader(ObjectReader reader, Func<string?, string?> readablePath)
{
    private const int LongestQueue = 1_000_000;
    private const int UsualPort = 1883;
    private const int UsualEncryptedPort = 8883;

    /// <summary>The broker; null if there is none.</summary>
    public MqttOptions? Broker()
    {
        reader.Require("host", "the broker's name or address");
        reader.Require("topic", "the topic under which decisions are published");
        string? host = reader.Text("host");
        string? topic = reader.Text("topic");
        if (topic?.AsSpan().IndexOfAny("+#") >= 0)
        {
            reader.Refuse(reader.Part("topic")!, "a topic without + and #, such as \"home/kitchen\"");
        }

        int? port = reader.Whole("port", 1, ushort.MaxValue);
        string? client = reader.Text("clientId");
        (string? user, string? password) = Credentials();
        MqttTls? tls = Tls(reader.Object("tls"));
        return host is null || topic is null
            ? null
            : new MqttOptions
            {
                Host = host,
                Topic = topic,
                Port = port ?? (tls is null ? UsualPort : UsualEncryptedPort),
                ClientId = client ?? $"edgequant-{Environment.MachineName}",
                UserName = user,
                Password = password,
                Tls = tls,
            };
    }

    /// <summary>The queue in front of it.</summary>
    public QueueOptions Queue()
    {
        return new QueueOptions { Capacity = reader.Whole("queue", 1, LongestQueue) ?? new QueueOptions().Capacity, OnlyRaised = reader.Flag("onlyRaised") ?? false };
    }

    /// <summary>Collects the members that are not known.</summary>
    public void End()
    {
        reader.End();
    }

    private (string? User, string? Password) Credentials()
    {
        const string Allowed = "a file with one line USER:PASSWORD";
        if (ReadText(reader, "credentials", Allowed, SmallFile.ReadSecret) is not { } text)
        {
            return default;
        }

        string[] lines = text.TrimEnd('\r', '\n').Split('\n');
        string[] parts = lines[0].Split(':', 2);
        if (lines.Length == 1 && parts.Length == 2)
        {
            return (parts[0], parts[1]);
        }

        reader.Refuse(reader.Part("credentials")!, Allowed);
        return default;
    }

    private MqttTls? Tls(ObjectReader tls)
    {
        const string Authorities = "a PEM file with certificates";
        string? authorities = ReadText(tls, "ca", Authorities, SmallFile.Read);
        X509Certificate2Collection believed = [];
        try
        {
            believed.ImportFromPem(authorities ?? "");
        }
        catch (CryptographicException exception)
        {
            tls.Refuse(tls.Part("ca")!, Authorities, exception.Message);
            authorities = null;
        }

        if (authorities is not null && believed.Count == 0)
        {
            tls.Refuse(tls.Part("ca")!, Authorities, "There is no certificate in it.");
        }

        X509Certificate2? own = Certificate(tls);
        tls.End();
        return tls.IsPresent ? new MqttTls { Authorities = believed, Certificate = own } : null;
    }

    /// <summary>The device's own certificate.</summary>
    private X509Certificate2? Certificate(ObjectReader tls)
    {
        const string Allowed = "a PEM file with a certificate";
        const string AllowedKey = "a PEM file with the private key of the certificate, without a password";
        if (tls.Part("certificate") is null != tls.Part("key") is null)
        {
            tls.Require("certificate", Allowed);
            tls.Require("key", AllowedKey);
        }

        string? certificate = ReadText(tls, "certificate", Allowed, SmallFile.Read);
        string? key = ReadText(tls, "key", AllowedKey, SmallFile.ReadSecret);
        if (certificate is null || key is null)
        {
            return null;
        }

        try
        {
            return X509Certificate2.CreateFromPem(certificate, key);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            tls.Refuse(tls.Part("certificate")!, $"{Allowed}, and in \"key\" {AllowedKey}", exception.Message);
            return null;
        }
    }

    /// <summary>The text of a file that a member names; null if there is none that can be looked into.</summary>
    private string? ReadText(ObjectReader from, string member, string allowed, Func<string, byte[]> read)
    {
        if (readablePath(from.Text(member)) is not { } path)
        {
            return null;
        }

        try
        {
            return Encoding.UTF8.GetString(read(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            from.Refuse(from.Part(member)!, allowed + " that can be read", exception.Message);
            return null;
        }
    }
}
