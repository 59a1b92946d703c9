using System.Text.Json;
using EdgeQuant.Tool.Tests;
using Xunit;

namespace EdgeQuant.Deploy.Tests;

/// <summary>What <c>deploy</c> does on a device that is reached through a real sshd.</summary>
public sealed class DeployTests(SshServer server) : IClassFixture<SshServer>
{
    [Fact]
    public void The_first_deployment_runs_and_the_second_takes_its_place()
    {
        SshServer.SkipWithoutSshd();
        using Device device = new(server);

        JsonElement first = device.Deploy(device.App("one"), "--json").Succeeded().Json();
        string? one = device.Current;
        device.Runs("one");
        string text = device.Deploy(device.App("two")).Succeeded().Output;

        Assert.Equal(one, first.GetProperty("release").GetString());
        Assert.Equal(["probe", "lock", "prepare", "copy", "check", "self-test", "switch", "restart", "watch", "prune", "unlock"], first.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("name").GetString()!));
        Assert.All(["probe", "self-test", "passed on the device", "labels come", one!], word => Assert.Contains(word, text, StringComparison.Ordinal));
        Assert.Equal(one, device.Previous);
        Assert.NotEqual(one, device.Current);
        Assert.Equal(File.ReadAllBytes(device.Model), File.ReadAllBytes(Path.Combine(device.Folder, "current", "model.eqm")));
        Assert.Equal("two", File.ReadAllText(Path.Combine(device.Folder, "current", "app", "lib", "a part.txt")));
        device.Runs("two");
    }

    [Fact]
    public void A_model_alone_keeps_the_app_that_is_there()
    {
        SshServer.SkipWithoutSshd();
        using Device device = new(server);

        device.Deploy(device.App("one")).Succeeded();
        string? one = device.Current;
        device.Run(device.Model).Succeeded();

        Assert.Equal(one, device.Previous);
        Assert.Equal(
            ["app/device.json", "app/edgequant-device", "app/edgequant-device.service", "app/lib/a part.txt", "app/recording.csv", "config/device.json", "config/recording.csv", "model.eqm"],
            File.ReadAllLines(Path.Combine(device.Folder, "current", "manifest")).Select(line => line.Split("  ", 2)[1]).Order(StringComparer.Ordinal));
        device.Runs("one");
    }

    [Fact]
    public void What_fails_its_self_test_is_not_switched_to()
    {
        SshServer.SkipWithoutSshd();
        using Device device = new(server);
        device.Deploy(device.App("one")).Succeeded();
        string? one = device.Current;

        ToolRun run = device.Deploy(device.App("broken", "#!/bin/sh\necho output 3 differs; exit 1"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("step 'self-test'", run.Error, StringComparison.Ordinal);
        Assert.Contains("output 3 differs", run.Error, StringComparison.Ordinal);
        Assert.Equal(one, device.Current);
        device.Runs("one");
    }

    [Fact]
    public void What_gives_no_labels_is_rolled_back()
    {
        SshServer.SkipWithoutSshd();
        using Device device = new(server);
        device.Deploy(device.App("one")).Succeeded();
        string? one = device.Current;

        ToolRun run = device.Deploy(device.App("mute", "#!/bin/sh\ncase $* in *--self-test) ;; *) sleep 1 ;; esac"));

        Assert.Equal(5, run.ExitCode);
        Assert.Contains("rollback", run.Output, StringComparison.Ordinal);
        Assert.Contains("the one before was put back", run.Error, StringComparison.Ordinal);
        Assert.Equal(one, device.Current);
        device.Runs("one");
        device.Deploy(device.App("three")).Succeeded();
        Assert.Equal([one!, device.Current!], device.Releases);
        device.Runs("three");
    }

    [Fact]
    public void A_first_release_without_labels_leaves_none()
    {
        SshServer.SkipWithoutSshd();
        using Device device = new(server);

        Assert.Equal(5, device.Deploy(device.App("mute", "#!/bin/sh\nexit 0")).ExitCode);

        Assert.Null(device.Current);
        device.Deploy(device.App("one")).Succeeded();
        device.Runs("one");
    }

    [Fact]
    public void A_dry_run_changes_nothing()
    {
        SshServer.SkipWithoutSshd();
        using Device device = new(server);

        JsonElement report = device.Deploy(device.App("one"), "--dry-run", "--json").Succeeded().Json();

        Assert.True(report.GetProperty("dryRun").GetBoolean());
        Assert.True(report.GetProperty("device").GetProperty("freeBytes").GetInt64() > 0);
        Assert.False(Directory.Exists(device.Folder));
    }

    [Fact]
    public void Three_releases_are_kept_and_rollback_goes_back()
    {
        SshServer.SkipWithoutSshd();
        using Device device = new(server);
        List<string> all = [];
        foreach (string name in (string[])["one", "two", "three", "four"])
        {
            device.Deploy(device.App(name)).Succeeded();
            all.Add(device.Current!);
        }

        Assert.Equal(all[1..], device.Releases);
        device.Run("--rollback").Succeeded();
        device.Runs("three");
        JsonElement status = device.Run("--status", "--json").Succeeded().Json();
        Assert.Equal(all[2], status.GetProperty("current").GetString());
        Assert.Equal(all[3], status.GetProperty("previous").GetString());
        Assert.Equal(3, status.GetProperty("releases").GetArrayLength());
        Assert.Equal("", status.GetProperty("lock").GetString());
        Assert.Contains("wave", status.GetProperty("lastLabel").GetString(), StringComparison.Ordinal);
        Assert.Contains(all[2], device.Run("--status").Succeeded().Output, StringComparison.Ordinal);
        Assert.Contains("\"app\":\"three\"", device.Run("--logs").Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_release_before_there_is_no_way_back()
    {
        SshServer.SkipWithoutSshd();
        using Device device = new(server);
        device.Deploy(device.App("one")).Succeeded();

        Assert.Contains("no release before", device.Run("--rollback").Error, StringComparison.Ordinal);
    }
}
