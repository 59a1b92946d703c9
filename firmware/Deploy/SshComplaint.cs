namespace EdgeQuant.Firmware.Deploy;

/// <summary>What <c>ssh</c> and <c>scp</c> of OpenSSH complain about, and what helps.</summary>
internal static class SshComplaint
{
    private static readonly (string Text, DeployFailure Failure, string Help)[] Known =
    [
        ("HOST IDENTIFICATION HAS CHANGED", DeployFailure.HostKey, "The host key of the device is not the one that is known: it was installed anew, or this is another machine. If you know why, forget the old key with 'ssh-keygen -R HOST' and log in once with ssh."),
        ("Host key verification failed", DeployFailure.HostKey, "The device is not known to ssh yet: log in once with ssh and compare its fingerprint."),
        ("Permission denied (", DeployFailure.Permission, "The device does not accept your key, and a password is never asked for: copy your key with 'ssh-copy-id HOST', or name another one with --ssh-option IdentityFile=FILE."),
        ("Could not resolve hostname", DeployFailure.Connection, "Check the name, or give the address of the device."),
        ("No route to host", DeployFailure.Connection, "Check that the device is on and in the same network."),
        ("Network is unreachable", DeployFailure.Connection, "Check that this machine is connected."),
        ("Connection refused", DeployFailure.Connection, "The device is there and does not run an SSH server on this port: enable it (on a Raspberry Pi: 'sudo raspi-config', Interface Options), or check --port."),
        ("timed out", DeployFailure.Connection, "Check that the device is on and in the same network."),
        ("No space left on device", DeployFailure.Space, SpaceHelp),
        ("scp: Connection closed", DeployFailure.Connection, CutHelp + " If it is the same each time, the device's SSH server may have no sftp: there 'Subsystem sftp internal-sftp' in sshd_config helps."),
        ("Connection closed", DeployFailure.Connection, CutHelp),
        ("Connection reset", DeployFailure.Connection, CutHelp),
        ("lost connection", DeployFailure.Connection, CutHelp),
        ("Broken pipe", DeployFailure.Connection, CutHelp),
        ("Timeout, server", DeployFailure.Connection, CutHelp),
    ];

    public const string SpaceHelp = "Free some space, or use another disk with --folder.";

    public const string CutHelp = "Nothing is half done: the device keeps, or goes back to, a release that gives labels. Try again, or see 'deploy --status'.";

    /// <summary>What a complaint means; null if it is not known.</summary>
    public static (DeployFailure Failure, string Help)? Of(string error)
    {
        foreach ((string text, DeployFailure failure, string help) in Known)
        {
            if (error.Contains(text, StringComparison.OrdinalIgnoreCase))
            {
                return (failure, help);
            }
        }

        return null;
    }

    /// <summary>The lines of a complaint that say something, in one line that ends like a sentence.</summary>
    public static string Text(string error)
    {
        string[] lines = [.. error.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith('@') && !line.StartsWith("Warning: Permanently added", StringComparison.Ordinal))];
        string text = lines.Length == 0 ? "nothing" : string.Join(" ", lines);
        return char.IsPunctuation(text[^1]) && text[^1] != ')' ? text : text + ".";
    }
}
