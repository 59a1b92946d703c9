using EdgeQuant.Tool.Tests;
using Xunit;

namespace EdgeQuant.Deploy.Tests;

/// <summary>Connections that fail: one message that says what to do, and a device that goes on.</summary>
public sealed class ConnectionFaultTests(SshServer server) : IClassFixture<SshServer>
{
    private const int DevicesAtOnce = 4;

    /// <summary>The connections of a deployment are 1 probe, 2 lock, 3 prepare, 4 copy, 5 check, 6 self-test, 7 activate. After one is the same as before the next.</summary>
    [Fact]
    public void A_connection_that_is_cut_harms_nothing()
    {
        SshServer.SkipWithoutSshd();
        (int Step, string When)[] cuts = [(1, "before"), (1, "after"), (2, "after"), (3, "during"), (3, "after"), (4, "during"), (4, "after"), (5, "after"), (6, "during"), (6, "after"), (7, "during"), (7, "after")];
        Parallel.ForEach(cuts.Chunk(cuts.Length / DevicesAtOnce), new ParallelOptions { MaxDegreeOfParallelism = DevicesAtOnce }, CutOneAfterTheOther);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    public void A_connection_that_is_cut_once_labels_came_is_made_up_for_by_the_next_deployment(int step)
    {
        SshServer.SkipWithoutSshd();
        using Device device = new(server);

        string output = device.Deploy(device.App("one"), "--ssh", CuttingProgram.Write(device, "ssh", step, "before"), "--scp", CuttingProgram.Write(device, "scp", step, "before")).Succeeded().Output;

        Assert.Contains("left to the next deployment", output, StringComparison.Ordinal);
        device.Runs("one");
        device.Deploy(device.App("two")).Succeeded();
        device.Runs("two");
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

    private void CutOneAfterTheOther((int Step, string When)[] cuts)
    {
        using Device device = new(server);
        device.Deploy(device.App("old")).Succeeded();
        foreach ((int step, string when) in cuts)
        {
            string? old = device.Current;

            ToolRun cut = device.Deploy(device.App("cut"), "--ssh", CuttingProgram.Write(device, "ssh", step, when), "--scp", CuttingProgram.Write(device, "scp", step, when));

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
}
