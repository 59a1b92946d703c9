using EdgeQuant.Tool.Tests;
using Xunit;

namespace EdgeQuant.Deploy.Tests;

/// <summary>Trials that nobody watches any more, and two who deploy at once.</summary>
public sealed class TrialTests(SshServer server) : IClassFixture<SshServer>
{
    [Fact]
    public void A_trial_goes_on_without_the_connection_and_ends_itself()
    {
        SshServer.SkipWithoutSshd();
        using Device device = new(server);
        device.Deploy(device.App("one")).Succeeded();
        string? one = device.Current;

        device.Deploy(device.App("mute", "#!/bin/sh\nexit 0"), "--ssh", CuttingProgram.Write(device, "ssh", 7, "during"), "--scp", CuttingProgram.Write(device, "scp", 7, "during"));

        for (int tries = 0; tries < 150 && (device.Current != one || Path.Exists(Path.Combine(device.Folder, "pending"))); tries++)
        {
            Thread.Sleep(100);
        }

        Assert.Equal(one, device.Current);
        device.Runs("one");
    }

    [Fact]
    public void A_device_that_was_switched_off_during_a_trial_goes_back_at_the_next_attempt()
    {
        SshServer.SkipWithoutSshd();
        using Device device = new(server);
        device.Deploy(device.App("one")).Succeeded();
        string one = device.Current!;
        string untried = Path.Combine(device.Folder, "releases", "20200101-000000-00000000");
        Directory.CreateDirectory(untried);
        File.Delete(Path.Combine(device.Folder, "current"));
        File.CreateSymbolicLink(Path.Combine(device.Folder, "current"), "releases/20200101-000000-00000000");
        File.CreateSymbolicLink(Path.Combine(device.Folder, "pending"), $"{one}:1:otherone");

        device.Deploy(device.App("broken", "#!/bin/sh\nexit 1"));

        Assert.Equal(one, device.Current);
        Assert.False(Directory.Exists(untried));
        device.Runs("one");
    }

    [Fact]
    public void Two_at_once_are_kept_apart()
    {
        SshServer.SkipWithoutSshd();
        using Device device = new(server);
        device.Deploy(device.App("one")).Succeeded();
        string? one = device.Current;
        string link = Path.Combine(device.Folder, "lock");
        File.CreateSymbolicLink(link, $"ann@desk process 7 1 at {DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 100}");

        ToolRun run = device.Deploy(device.App("two"));

        Assert.Equal(5, run.ExitCode);
        Assert.Contains("ann@desk", run.Error, StringComparison.Ordinal);
        Assert.Equal(one, device.Current);
        File.Delete(link);
        File.CreateSymbolicLink(link, $"ann@desk process 7 1 at {DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 4000}");
        device.Deploy(device.App("two")).Succeeded();
    }
}
