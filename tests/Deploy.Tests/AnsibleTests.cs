using EdgeQuant.Tool.Tests;
using Xunit;

namespace EdgeQuant.Deploy.Tests;

/// <summary>An inventory written out as a playbook, which a real ansible-playbook runs.</summary>
public sealed class AnsibleTests(SshServer server) : IClassFixture<SshServer>
{
    private const string Program = "/usr/bin/ansible-playbook";

    [Fact]
    public void A_playbook_deploys_changes_nothing_when_it_is_run_again_and_goes_back()
    {
        SshServer.SkipWithoutSshd();
        Assert.SkipUnless(File.Exists(Program), "There is no ansible-playbook. Install ansible-core.");
        using Device device = new(server);
        string playbook = device.Beside("site.yml");

        Write(device, playbook, device.App("one"));
        Assert.DoesNotContain("assword", File.ReadAllText(playbook) + File.ReadAllText(device.Beside("site.hosts.yml")), StringComparison.Ordinal);
        ToolRun first = Play(device, playbook);
        Assert.True(first.ExitCode == 0, first.Output + first.Error);
        string? one = device.Current;
        Assert.NotNull(one);
        device.Runs("one");

        // The release that the tool deploys has the same parts.
        Assert.True(File.Exists(Path.Combine(device.Folder, "current", "config", "device.json")));
        Assert.Equal(File.ReadAllBytes(device.Model), File.ReadAllBytes(Path.Combine(device.Folder, "current", "model.eqm")));

        ToolRun again = Play(device, playbook);
        Assert.True(again.ExitCode == 0, again.Output + again.Error);
        Assert.Contains("changed=0", again.Output, StringComparison.Ordinal);
        Assert.Equal([one], device.Releases);

        // One that fails its self-test.
        Write(device, playbook, device.App("broken", "#!/bin/sh\necho output 3 differs; exit 1"));
        ToolRun broken = Play(device, playbook);
        Assert.NotEqual(0, broken.ExitCode);
        Assert.Contains("output 3 differs", broken.Output, StringComparison.Ordinal);
        Assert.Contains("Run the self-test", broken.Output, StringComparison.Ordinal);
        Assert.Equal(one, device.Current);
        device.Runs("one");

        // One that gives no labels: it is switched to, and taken back.
        Write(device, playbook, device.App("mute", "#!/bin/sh\ncase $* in *--self-test) ;; *) sleep 1 ;; esac"));
        ToolRun mute = Play(device, playbook);
        Assert.NotEqual(0, mute.ExitCode);
        Assert.Contains("goes on running: current=" + one, mute.Output, StringComparison.Ordinal);
        Assert.Equal(one, device.Current);
        device.Runs("one");

        // Nothing is left that would be in the way: neither a lock nor half a release.
        device.Deploy(device.App("two")).Succeeded();
        Assert.Equal([one, device.Current!], device.Releases);
        device.Runs("two");
    }

    [Fact]
    public void A_host_without_an_app_gets_one_that_runs_there()
    {
        using Device device = new();
        Assert.NotEqual("", PublishedApps.SelfContained);
        string inventory = device.Beside("hosts.yaml");
        File.WriteAllText(inventory, $"hosts:\n  - host: pi\n    simulate: {DemoFolder.Recording}\n");
        string ssh = AnsweringSsh.Write(device, AnsweringSsh.RaspberryPi.Replace("aarch64", "x86_64", StringComparison.Ordinal));

        ToolRun run = ToolProcess.Run("deploy", device.Model, "--inventory", inventory, "--ssh", ssh, "--ansible", device.Beside("site.yml"), "--json").Succeeded();

        string archive = Path.Combine(run.Json().GetProperty("files").GetString()!, "release-1.tar.gz");
        string[] files = ToolProcess.Run("tar", ["-tzf", archive]).Succeeded().Output.Split('\n');
        Assert.All(["app/edgequant-device", "app/libcoreclr.so", "app/edgequant-device.service", "config/device.json", "config/recording.csv", "model.eqm", "manifest"], name => Assert.Contains(name, files.Select(file => file.Replace("./", "", StringComparison.Ordinal))));
    }

    [Fact]
    public void What_a_playbook_would_take_for_something_else_is_refused()
    {
        using Device device = new();
        string inventory = device.Beside("hosts.yaml");
        File.WriteAllText(inventory, $"hosts:\n  - host: pi\n    app: {device.App("one")}\n    sensor: mpu6050\n    restartCommand: \"echo {{{{ x }}}}\"\n");

        ToolProcess.Run("deploy", device.Model, "--inventory", inventory, "--ansible", device.Beside("site.yml")).Failed(3, "cannot stand in a playbook");
        ToolProcess.Run("deploy", device.Model, "--host", "pi", "--ansible", device.Beside("site.yml")).Failed(2, "--ansible needs --inventory");
    }

    private void Write(Device device, string playbook, string app)
    {
        ToolProcess.Run("deploy", device.Model, "--inventory", InventoryFile.Write((device, server, app)), "--ansible", playbook).Succeeded();
    }

    private static ToolRun Play(Device device, string playbook)
    {
        return ToolProcess.Run(
            Program,
            ["-i", Path.ChangeExtension(playbook, "hosts.yml"), playbook],
            ("ANSIBLE_HOME", device.Beside("ansible")),
            ("ANSIBLE_LOCAL_TEMP", device.Beside("ansible-local")),
            ("ANSIBLE_NOCOLOR", "1"),
            ("ANSIBLE_SSH_PIPELINING", "1"),
            ("LC_ALL", "C.UTF-8"));
    }
}
