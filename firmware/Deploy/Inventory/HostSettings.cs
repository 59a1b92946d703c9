namespace EdgeQuant.Firmware.Deploy.Inventory;

/// <summary>What an inventory says of a host, of a group of hosts, or of all; null where it says nothing.</summary>
internal sealed record HostSettings
{
    public string? User { get; init; }

    public int? Port { get; init; }

    public IReadOnlyList<string>? SshOptions { get; init; }

    public string? Folder { get; init; }

    public string? Unit { get; init; }

    public string? RestartCommand { get; init; }

    public string? SelfTestCommand { get; init; }

    public string? LabelFile { get; init; }

    public int? Watch { get; init; }

    public string? App { get; init; }

    /// <summary>What the host reads. Its three members say one thing and are taken over together.</summary>
    public ReadSettings? Read { get; init; }

    /// <summary>These settings, and where they say nothing those of others.</summary>
    public HostSettings Over(HostSettings others)
    {
        return new HostSettings
        {
            User = User ?? others.User,
            Port = Port ?? others.Port,
            SshOptions = SshOptions ?? others.SshOptions,
            Folder = Folder ?? others.Folder,
            Unit = Unit ?? others.Unit,
            RestartCommand = RestartCommand ?? others.RestartCommand,
            SelfTestCommand = SelfTestCommand ?? others.SelfTestCommand,
            LabelFile = LabelFile ?? others.LabelFile,
            Watch = Watch ?? others.Watch,
            App = App ?? others.App,
            Read = Read ?? others.Read,
        };
    }
}
