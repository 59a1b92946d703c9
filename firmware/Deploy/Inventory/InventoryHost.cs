namespace EdgeQuant.Firmware.Deploy.Inventory;

/// <summary>A host of an inventory, with all that holds for it.</summary>
public sealed class InventoryHost
{
    private readonly HostSettings _settings;

    internal InventoryHost(string host, HostSettings settings)
    {
        _settings = settings;
        Name = settings.Port is int port ? $"{host}:{port}" : host;
        Host = settings.User is { } user && !host.Contains('@', StringComparison.Ordinal) ? $"{user}@{host}" : host;
    }

    /// <summary>What it is called in reports; no two hosts of an inventory have the same: the host, and its port if the inventory says one.</summary>
    public string Name { get; }

    /// <summary>As ssh is given it: with the user, if the inventory says one.</summary>
    public string Host { get; }

    /// <summary>How it is reached.</summary>
    /// <param name="ssh">The ssh program.</param>
    /// <param name="scp">The scp program.</param>
    public ConnectionOptions Connection(string ssh, string scp)
    {
        return new ConnectionOptions(Host) { Port = _settings.Port, Options = _settings.SshOptions ?? [], Ssh = ssh, Scp = scp };
    }

    /// <summary>Where its releases are, and how its app is tested, restarted and watched.</summary>
    public DeviceOptions Device()
    {
        DeviceOptions usual = new();
        return new DeviceOptions
        {
            Folder = _settings.Folder ?? usual.Folder,
            Unit = _settings.Unit ?? usual.Unit,
            RestartCommand = _settings.RestartCommand,
            SelfTestCommand = _settings.SelfTestCommand,
            LabelFile = _settings.LabelFile,
            WatchSeconds = _settings.Watch ?? usual.WatchSeconds,
        };
    }

    /// <summary>What is deployed to it; the configuration is checked.</summary>
    /// <param name="parts">The model, and what publishes the app.</param>
    /// <exception cref="InvalidDataException">The configuration cannot be used.</exception>
    /// <exception cref="Models.ModelRefusedException">The model does not fit what the host reads.</exception>
    /// <exception cref="Simulation.SimulationException">The sensor or the recording does not have what the model takes.</exception>
    /// <exception cref="Boards.SensorException">The sensor cannot do what the model takes.</exception>
    public ReleaseParts Parts(ReleaseParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return parts with { App = _settings.App, Configuration = _settings.Read?.For(parts.ModelPath) };
    }
}
