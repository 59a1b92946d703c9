using System.Globalization;

namespace EdgeQuant.Firmware.Deploy;

/// <summary>Where releases are on a device, and how its app is tested, restarted and watched.</summary>
public sealed record DeviceOptions
{
    /// <summary>The folder of releases: absolute, or below the user's home. Letters, digits and <c>. _ - /</c>.</summary>
    public string Folder { get; init; } = "edgequant";

    /// <summary>The systemd unit that runs the app, the user's own or the system's.</summary>
    public string Unit { get; init; } = "edgequant-device";

    /// <summary>The command that restarts the app in place of a unit, run by <c>sh</c> in the folder of releases; null for the unit.</summary>
    public string? RestartCommand { get; init; }

    /// <summary>The command of the self-test, run by <c>sh</c> in the folder of the app; null for <c>./edgequant-device --config ../config/device.json --self-test</c>.</summary>
    public string? SelfTestCommand { get; init; }

    /// <summary>
    /// The file that the app prints labels to, absolute or in the folder of releases. Null: the journal of the unit; with a restart command <c>labels.log</c>.
    /// </summary>
    public string? LabelFile { get; init; }

    /// <summary>Seconds in which the first label has to come after a restart; 1 or more.</summary>
    public int WatchSeconds { get; init; } = 30;

    /// <summary>What the device's script is told of this, in words <c>name=value</c>.</summary>
    internal IReadOnlyList<string> Words()
    {
        (string Name, string? Value)[] values =
        [
            ("folder", Folder),
            ("unit", Unit),
            ("restart", RestartCommand),
            ("selftest", SelfTestCommand),
            ("labels", LabelFile),
            ("seconds", WatchSeconds.ToString(CultureInfo.InvariantCulture)),
        ];
        return [.. values.Where(value => value.Value is not null).Select(value => $"{value.Name}={value.Value}")];
    }
}
