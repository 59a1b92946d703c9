using System.Text.Json;
using EdgeQuant.Tool.Tests;
using Xunit;

namespace EdgeQuant.Deploy.Tests;

/// <summary>Several devices at once, each behind an sshd on a port of its own.</summary>
public sealed class FleetTests : IDisposable
{
    private const string Broken = "#!/bin/sh\necho output 3 differs; exit 1";

    private readonly SshServer[] _servers = [new(), new(), new()];
    private readonly Device[] _devices;

    public FleetTests()
    {
        _devices = [.. _servers.Select(server => new Device(server))];
    }

    public void Dispose()
    {
        foreach (Device device in _devices)
        {
            device.Dispose();
        }

        foreach (SshServer server in _servers)
        {
            server.Dispose();
        }
    }

    [Fact]
    public void All_get_the_release_are_looked_at_and_go_back()
    {
        SshServer.SkipWithoutSshd();
        string one = Inventory("one", "one", "one");

        JsonElement dry = Run(one, _devices[0].Model, "--dry-run", "--json").Succeeded().Json();
        Assert.All(Outcomes(dry), outcome => Assert.Equal("done", outcome));
        Assert.All(_devices, device => Assert.Null(device.Current));
        Assert.All(Outcomes(Run(one, _devices[0].Model, "--json").Succeeded().Json()), outcome => Assert.Equal("done", outcome));
        string?[] first = [.. _devices.Select(device => device.Current)];
        string table = Run(Inventory("two", "two", "two"), _devices[0].Model).Succeeded().Output;
        Assert.All(_devices, device => Assert.Contains(device.Current!, table, StringComparison.Ordinal));
        Assert.All(_devices, device => device.Runs("two"));

        Run(one, "--rollback").Succeeded();
        Assert.Equal(first, _devices.Select(device => device.Current));
        JsonElement status = Run(one, "--status", "--json").Succeeded().Json();
        Assert.Equal(first, Hosts(status).Select(host => host.GetProperty("status").GetProperty("current").GetString()));
    }

    [Fact]
    public void After_a_failure_those_under_way_are_finished_and_no_other_is_begun()
    {
        SshServer.SkipWithoutSshd();
        string old = Inventory("old", "old", "old");
        Run(old, _devices[0].Model).Succeeded();
        string?[] before = [.. _devices.Select(device => device.Current)];

        // The first one fails: nothing else is touched.
        ToolRun first = Run(Inventory("broken", "new", "new"), _devices[0].Model, "--json");
        Assert.Equal(5, first.ExitCode);
        Assert.Equal(["failed", "not-tried", "not-tried"], Outcomes(first.Json()));
        Assert.Contains("output 3 differs", Hosts(first.Json())[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, _devices.Select(device => device.Current));
        Assert.Single(_devices[1].Releases);

        // The second one fails while the third is under way.
        ToolRun second = Run(Inventory("new", "broken", "new"), _devices[0].Model);
        Assert.Equal(5, second.ExitCode);
        Assert.Contains("output 3 differs", second.Output, StringComparison.Ordinal);
        Assert.Equal(before[1], _devices[1].Current);
        _devices[0].Runs("new");
        _devices[1].Runs("old");
        _devices[2].Runs("new");
    }

    [Fact]
    public void A_host_that_is_away_is_said_to_be_in_the_status_of_all()
    {
        SshServer.SkipWithoutSshd();
        string inventory = Inventory("one", "one", "one");
        _servers[1].Stop();

        ToolRun run = Run(inventory, "--status", "--json");

        Assert.Equal(5, run.ExitCode);
        Assert.Equal(["done", "failed", "done"], Outcomes(run.Json()));
    }

    [Fact]
    public void Interrupted_it_leaves_every_device_whole()
    {
        SshServer.SkipWithoutSshd();
        Run(Inventory("old", "old", "old"), _devices[0].Model).Succeeded();
        string?[] before = [.. _devices.Select(device => device.Current)];

        // The self-test of the first one says that it has begun, and takes longer than anybody waits.
        string begun = _devices[0].Beside("begun");
        string slow = _devices[0].App("slow", $"#!/bin/sh\n: >{begun}\nexec sleep 60");
        using System.Diagnostics.Process process = ToolProcess.Start(["deploy", _devices[0].Model, "--json", "--inventory", InventoryFile.Write((_devices[0], _servers[0], slow), (_devices[1], _servers[1], slow), (_devices[2], _servers[2], slow))]);
        for (int tries = 0; tries < 600 && !File.Exists(begun); tries++)
        {
            Thread.Sleep(100);
        }

        ToolProcess.Run("kill", ["-INT", $"{process.Id}"]);
        ToolRun run = ToolProcess.Finish(process);

        Assert.Equal(130, run.ExitCode);
        Assert.Equal(before, _devices.Select(device => device.Current));
        Assert.All(_devices, device => device.Runs("old"));
        Run(Inventory("new", "new", "new"), _devices[0].Model).Succeeded();
        Assert.All(_devices, device => device.Runs("new"));
    }

    private static string[] Outcomes(JsonElement document)
    {
        return [.. Hosts(document).Select(host => host.GetProperty("outcome").GetString()!)];
    }

    private static JsonElement[] Hosts(JsonElement document)
    {
        return [.. document.GetProperty("hosts").EnumerateArray()];
    }

    private static ToolRun Run(string inventory, params string[] arguments)
    {
        return ToolProcess.Run(["deploy", .. arguments, "--inventory", inventory]);
    }

    private string Inventory(params string[] apps)
    {
        return InventoryFile.Write([.. apps.Select((app, index) => (_devices[index], _servers[index], app == "broken" ? _devices[index].App(app, Broken) : _devices[index].App(app)))]);
    }
}
