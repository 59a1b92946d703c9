using System.Security.Cryptography.X509Certificates;

namespace EdgeQuant.Firmware.Sinks;

/// <summary>How the connection to a broker is encrypted, and who is believed.</summary>
public sealed record MqttTls
{
    /// <summary>Whose signature under the broker's certificate is believed; empty: whose this system believes.</summary>
    public X509Certificate2Collection Authorities { get; init; } = [];

    /// <summary>The certificate that this device shows, with its private key; null: none.</summary>
    public X509Certificate2? Certificate { get; init; }
}
