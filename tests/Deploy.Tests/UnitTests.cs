using EdgeQuant.Tool.Tests;
using Xunit;

namespace EdgeQuant.Deploy.Tests;

/// <summary>The first deployment to a device with systemd ends with a unit that runs the app.</summary>
public sealed class UnitTests
{
    private const string Analyzer = "/usr/bin/systemd-analyze";

    [Fact]
    public void A_user_gets_a_unit_of_his_own_without_root()
    {
        SshServer.SkipWithoutSshd();
        using SystemdServer systemd = new("users-systemd", "sudoer");
        using Device device = new(systemd.Server) { Service = [] };

        string output = device.Deploy(device.App("one")).Succeeded().Output;
        string? one = device.Current;

        Assert.Contains("the user's unit", output, StringComparison.Ordinal);
        Assert.Contains("labels come", output, StringComparison.Ordinal);
        string[] unit = File.ReadAllLines(systemd.UsersUnit);
        Assert.Contains($"ExecStart={device.Folder}/current/app/edgequant-device --config {device.Folder}/current/config/device.json", unit);
        Assert.Contains("WantedBy=default.target", unit);
        Assert.DoesNotContain(unit, line => line.StartsWith("User=", StringComparison.Ordinal) || line.StartsWith("SupplementaryGroups=", StringComparison.Ordinal) || line.Contains("/opt/", StringComparison.Ordinal));
        Assert.All(["systemctl --user daemon-reload", "systemctl --user enable edgequant-device", "loginctl enable-linger", "systemctl --user restart edgequant-device"], call => Assert.Contains(call, systemd.Calls));
        Assert.DoesNotContain(systemd.Calls, call => call.StartsWith("sudo", StringComparison.Ordinal));
        Verify(systemd.UsersUnit, "--user");

        // The next ones find the unit.
        Assert.DoesNotContain("install", device.Deploy(device.App("two")).Succeeded().Output, StringComparison.Ordinal);
        Assert.Equal(one, device.Previous);
        Assert.Contains("\"app\":\"two\"", device.Run("--logs").Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_no_systemd_answers_the_user_sudo_installs_a_unit_of_the_system()
    {
        SshServer.SkipWithoutSshd();
        using SystemdServer systemd = new("sudoer");
        using Device device = new(systemd.Server) { Service = [] };

        Assert.Contains("to be installed", device.Deploy(device.App("one"), "--dry-run").Succeeded().Output, StringComparison.Ordinal);
        Assert.False(File.Exists(systemd.SystemsUnit));
        Assert.Contains("the system's unit /etc/systemd/system/edgequant-device.service", device.Deploy(device.App("one")).Succeeded().Output, StringComparison.Ordinal);

        string[] unit = File.ReadAllLines(systemd.SystemsUnit);
        Assert.Contains("User=pi", unit);
        Assert.Contains("WantedBy=multi-user.target", unit);

        // systemd starts no unit that names a group which is not there.
        string[] groups = unit.Single(line => line.StartsWith("SupplementaryGroups=", StringComparison.Ordinal)).Split('=')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] known = [.. File.ReadAllLines("/etc/group").Select(line => line.Split(':')[0])];
        Assert.Equal(((string[])["gpio", "i2c", "spi", "audio"]).Where(known.Contains), groups);
        Assert.All(["sudo -n systemctl daemon-reload", "sudo -n systemctl enable edgequant-device", "sudo -n systemctl restart edgequant-device"], call => Assert.Contains(call, systemd.Calls));
        Verify(systemd.SystemsUnit);
    }

    [Fact]
    public void A_unit_that_would_end_with_its_user_is_not_left_to_itself()
    {
        SshServer.SkipWithoutSshd();
        using SystemdServer systemd = new("users-systemd", "no-linger");
        using Device device = new(systemd.Server) { Service = [] };

        ToolRun run = device.Deploy(device.App("one"));

        Assert.Equal(5, run.ExitCode);
        Assert.Contains("sudo loginctl enable-linger pi", run.Error, StringComparison.Ordinal);
        Assert.Null(device.Current);
        systemd.Remove("no-linger");
        device.Deploy(device.App("one")).Succeeded();
        Assert.NotNull(device.Current);
    }

    [Fact]
    public void A_first_release_without_labels_leaves_a_unit_that_does_nothing()
    {
        SshServer.SkipWithoutSshd();
        using SystemdServer systemd = new("users-systemd");
        using Device device = new(systemd.Server) { Service = [] };

        Assert.Equal(5, device.Deploy(device.App("mute", "#!/bin/sh\nexit 0")).ExitCode);

        Assert.Null(device.Current);
        Assert.Contains($"ConditionPathExists={device.Folder}/current/app/edgequant-device", File.ReadAllLines(systemd.UsersUnit));
        Assert.Contains("systemctl --user stop edgequant-device", systemd.Calls);
        device.Deploy(device.App("one")).Succeeded();
    }

    /// <summary>Has systemd's own tool look at a unit, where it is installed.</summary>
    private static void Verify(string unit, params string[] options)
    {
        if (File.Exists(Analyzer))
        {
            ToolRun run = ToolProcess.Run(Analyzer, ["verify", "--man=no", .. options, unit], ("XDG_RUNTIME_DIR", Path.GetDirectoryName(unit)!));
            Assert.True(run.ExitCode == 0 && !run.Error.Contains("edgequant-device", StringComparison.Ordinal), run.Error);
        }
    }
}
