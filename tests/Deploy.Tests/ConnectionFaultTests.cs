using EdgeQuant.Tool.Tests;
using Xunit;

namespace EdgeQuant.Deploy.Tests;

/// <summary>Connections that fail, and disks that are full: one message that says what to do, and a device that goes on.</summary>
public sealed class ConnectionFaultTests(SshServer server) : IClassFixture<SshServer>
{
    /// <summary>Cuts a connection, counted in a file, and all after it: before the device hears of it, while it works, or before its answer arrives.</summary>
    private const string Cutter = """
        #!/bin/sh
        count=$(cat COUNT 2>/dev/null || echo 0)
        count=$((count + 1))
        echo $count >COUNT
        [ $count -ge STEP ] || exec PROGRAM "$@"
        if [ $count -eq STEP ]; then
          case WHEN in
            during)
              exec 3<&0
              PROGRAM "$@" <&3 >/dev/null 2>&1 &
              sleep 0.5
              kill -9 $! ;;
            after) PROGRAM "$@" >/dev/null 2>&1 ;;
          esac
        fi
        echo "Connection closed by remote host" >&2
        exit 255
        """;

    /// <summary>The connections of a deployment are 1 probe, 2 lock, 3 prepare, 4 copy, 5 check, 6 self-test, 7 activate. After one is the same as before the next.</summary>
    [Fact]
    public void A_connection_that_is_cut_harms_nothing()
    {
        SshServer.SkipWithoutSshd();
        using Device device = new(server);
        device.Deploy(device.App("old")).Succeeded();
        foreach ((int step, string when) in ((int, string)[])[(1, "before"), (1, "after"), (2, "after"), (3, "during"), (3, "after"), (4, "during"), (4, "after"), (5, "after"), (6, "during"), (6, "after"), (7, "during"), (7, "after")])
        {
            string? old = device.Current;

            ToolRun cut = device.Deploy(device.App("cut"), "--ssh", Cut(device, "ssh", step, when), "--scp", Cut(device, "scp", step, when));

            Assert.Equal(5, cut.ExitCode);
            Assert.Contains("Connection closed", cut.Error, StringComparison.Ordinal);
            Assert.Contains("Nothing is half done", cut.Error, StringComparison.Ordinal);
            if (step < 7)
            {
                Assert.Equal(old, device.Current);
                device.Runs("old");
            }

            device.Deploy(device.App("old")).Succeeded();
            device.Runs("old");
            Assert.NotEqual(old, device.Current);
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    public void A_connection_that_is_cut_once_labels_came_is_made_up_for_by_the_next_deployment(int step)
    {
        SshServer.SkipWithoutSshd();
        using Device device = new(server);

        string output = device.Deploy(device.App("one"), "--ssh", Cut(device, "ssh", step, "before"), "--scp", Cut(device, "scp", step, "before")).Succeeded().Output;

        Assert.Contains("left to the next deployment", output, StringComparison.Ordinal);
        device.Runs("one");
        device.Deploy(device.App("two")).Succeeded();
        device.Runs("two");
    }

    [Fact]
    public void A_trial_goes_on_without_the_connection_and_ends_itself()
    {
        SshServer.SkipWithoutSshd();
        using Device device = new(server);
        device.Deploy(device.App("one")).Succeeded();
        string? one = device.Current;

        device.Deploy(device.App("mute", "#!/bin/sh\nexit 0"), "--ssh", Cut(device, "ssh", 7, "during"), "--scp", Cut(device, "scp", 7, "during"));

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

    [Fact]
    public void A_host_key_that_changed_is_never_accepted()
    {
        SshServer.SkipWithoutSshd();
        using Device device = new(server);

        device.RunWith(server.Options(known: server.OtherKnownHosts()), device.Model, "--app", device.App("one")).Failed(5, "ssh-keygen -R");

        Assert.False(Directory.Exists(device.Folder));
    }

    [Fact]
    public void A_key_that_is_not_accepted_does_not_wait_for_a_password()
    {
        SshServer.SkipWithoutSshd();
        using Device device = new(server);

        device.RunWith(server.Options(key: "stranger"), device.Model, "--app", device.App("one")).Failed(5, "ssh-copy-id");
    }

    [Fact]
    public void A_device_that_does_not_answer_is_said_to_be_away()
    {
        SshServer.SkipWithoutSshd();
        using Device device = new(server);

        device.RunWith(["--port", "1"], "--status").Failed(5, "Connection refused");
        device.RunWith(["--ssh", "no-such-program"], "--status").Failed(5, "cannot be started");
    }

    [Theory]
    [InlineData("--host", "-oProxyCommand=touch x")]
    [InlineData("--folder", "a;b")]
    [InlineData("--unit", "-x")]
    [InlineData("--watch", "0")]
    public void What_could_be_taken_for_something_else_is_refused(string option, string value)
    {
        string[] host = option == "--host" ? [] : ["--host", "pi"];

        Assert.Equal(2, ToolProcess.Run(["deploy", "--status", option + "=" + value, .. host]).ExitCode);
    }

    private static string Cut(Device device, string program, int step, string when)
    {
        File.Delete(device.Beside("count"));
        return device.WriteProgram("cutting-" + program, Cutter
            .Replace("COUNT", device.Beside("count"), StringComparison.Ordinal)
            .Replace("STEP", $"{step}", StringComparison.Ordinal)
            .Replace("WHEN", when, StringComparison.Ordinal)
            .Replace("PROGRAM", program, StringComparison.Ordinal));
    }
}
