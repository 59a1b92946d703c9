using EdgeQuant.Tool.Tests;
using Xunit;

namespace EdgeQuant.Deploy.Tests;

/// <summary>Disks that are full: one message that says what to do, and a device that goes on.</summary>
public sealed class FullDiskTests(SshServer server) : IClassFixture<SshServer>
{
    [Fact]
    public void A_disk_that_is_full_is_said_to_be_full_before_anything_is_copied()
    {
        SshServer.SkipWithoutSshd();
        using SmallDisk disk = new();
        using Device device = new(server, disk.Path);
        device.Deploy(device.App("one")).Succeeded();
        string? one = device.Current;
        string app = device.App("large");
        File.WriteAllBytes(Path.Combine(app, "large.bin"), new byte[SmallDisk.Bytes]);

        ToolRun dry = device.Deploy(app, "--dry-run");
        ToolRun run = device.Deploy(app);

        Assert.Equal(5, dry.ExitCode);
        Assert.Equal(5, run.ExitCode);
        Assert.All([dry, run], failed => Assert.Contains("No space left on the device", failed.Error, StringComparison.Ordinal));
        Assert.Equal([one!], device.Releases);
        device.Runs("one");
    }

    [Fact]
    public void A_disk_that_fills_up_during_the_copy_leaves_the_old_release()
    {
        SshServer.SkipWithoutSshd();
        using SmallDisk disk = new();
        using Device device = new(server, disk.Path);
        device.Deploy(device.App("one")).Succeeded();
        string? one = device.Current;
        string ballast = Path.Combine(disk.Path, "ballast");
        string scp = device.WriteProgram("filling-scp", $"#!/bin/sh\ncat /dev/zero >{ballast} 2>/dev/null\nexec scp \"$@\"");

        ToolRun run = device.Deploy(device.App("two"), "--scp", scp);

        Assert.Equal(5, run.ExitCode);
        Assert.Contains("step 'copy'", run.Error, StringComparison.Ordinal);
        Assert.Contains("No space left on the device", run.Error, StringComparison.Ordinal);
        Assert.Equal(one, device.Current);
        File.Delete(ballast);
        device.Runs("one");
        device.Deploy(device.App("three")).Succeeded();
        device.Runs("three");
    }
}
