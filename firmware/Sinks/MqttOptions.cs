namespace EdgeQuant.Firmware.Sinks;

/// <summary>Which broker, how to log in, and under which topic.</summary>
public sealed record MqttOptions
{
    /// <summary>The broker's name or address.</summary>
    public required string Host { get; init; }

    /// <summary>The broker's port.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>
    /// Decisions go to <c>topic/decisions</c>, events to <c>topic/events</c>, and <c>topic/status</c> holds <c>online</c> or
    /// <c>offline</c> (retained; the broker sets it to offline when the connection breaks).
    /// </summary>
    public required string Topic { get; init; }

    /// <summary>The name that the broker knows this device by; unique among its clients.</summary>
    public required string ClientId { get; init; }

    /// <summary>User name, or null.</summary>
    public string? UserName { get; init; }

    /// <summary>Password, or null.</summary>
    public string? Password { get; init; }

    /// <summary>How the connection is encrypted; null: it is not.</summary>
    public MqttTls? Tls { get; init; }

    /// <summary>How long an answer of the broker may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}
