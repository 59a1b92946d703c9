namespace EdgeQuant.Firmware.Deploy;

/// <summary>How a device is reached: with the user's own programs, and so with the user's keys, configuration and known hosts.</summary>
/// <param name="Host">The name that <c>ssh</c> is given: <c>user@pi</c>, or one of its configuration.</param>
public sealed record ConnectionOptions(string Host)
{
    /// <summary>The port; null for that of the configuration.</summary>
    public int? Port { get; init; }

    /// <summary>Options as <c>ssh -o</c> takes them: <c>IdentityFile=~/.ssh/pi</c>. They precede those of this library.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>The program that runs commands on the device.</summary>
    public string Ssh { get; init; } = "ssh";

    /// <summary>The program that copies files to the device.</summary>
    public string Scp { get; init; } = "scp";

    /// <summary>Seconds until a device that does not answer counts as absent; 1 or more.</summary>
    public int ConnectSeconds { get; init; } = 10;
}
