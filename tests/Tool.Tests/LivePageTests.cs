using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Xunit;

namespace EdgeQuant.Tool.Tests;

/// <summary>The live page as a user starts it; what is on it is looked at in Browser.Tests.</summary>
public sealed class LivePageTests(SimulateTests.Model model) : IClassFixture<SimulateTests.Model>, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new() { Timeout = Limit };

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_page_shows_the_simulation_and_stays_until_it_is_ended()
    {
        using Process process = Start("--speed", "40");
        (Uri address, string first) = await Address(process);
        Assert.Contains("<title>EdgeQuant live</title>", await Text(address), StringComparison.Ordinal);
        JsonElement[] messages = Messages(await Text(new Uri(address, "events")));
        JsonElement start = messages[0];
        Assert.Equal(("model.eqm", 40), (start.GetProperty("model").GetString(), start.GetProperty("speed").GetInt32()));
        Assert.Contains(start.GetProperty("network").EnumerateArray(), op => op.GetProperty("name").GetString() == "FullyConnected" && op.GetProperty("output").GetString() == "1x4");
        Assert.Equal(200, messages.Count(message => message.GetProperty("type").GetString() == "decision"));
        Assert.Equal("end", messages[^1].GetProperty("type").GetString());
        Assert.False(process.HasExited);
        End(process);
        ToolRun run = ToolProcess.Finish(process);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(200, run.Output.Split('\n').TakeWhile(line => line.Length > 0).Count());
        Assert.Contains("allocated  0 bytes", run.Output, StringComparison.Ordinal);
        Assert.Equal($"live page: {address} (Ctrl-C ends it)", first);
        Assert.Equal($"The recording is over; {address} goes on showing it until Ctrl-C.\n", run.Error);
    }

    [Fact]
    public async Task The_document_and_the_events_say_the_same()
    {
        using Process process = Start("--speed", "1000", "--json", "--fault", "stuck@2:4");
        (Uri address, _) = await Address(process);
        JsonElement[] messages = Messages(await Text(new Uri(address, "events")));
        End(process);
        JsonElement document = ToolProcess.Finish(process).Json();
        Assert.Equal(
            document.GetProperty("decisions").EnumerateArray().Select(decision => (decision.GetProperty("label").GetString(), Math.Round(decision.GetProperty("time").GetDouble(), 4), decision.GetProperty("isEvent").GetBoolean())),
            Of(messages, "decision").Select(decision => (decision.GetProperty("label").GetString(), decision.GetProperty("time").GetDouble(), decision.GetProperty("raised").GetBoolean())));
        Assert.Equal(
            document.GetProperty("events").EnumerateArray().Select(happening => (happening.GetProperty("kind").GetString(), happening.GetProperty("message").GetString())),
            Of(messages, "event").Select(happening => (happening.GetProperty("kind").GetString(), happening.GetProperty("message").GetString())));
        Assert.Equal("samples-stuck", Of(messages, "event").First().GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Ended_early_it_is_interrupted()
    {
        using Process process = Start("--speed", "0.1");
        (Uri address, _) = await Address(process);
        using HttpResponseMessage events = await _client.GetAsync(new Uri(address, "events"), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        End(process);
        ToolRun run = ToolProcess.Finish(process);
        Assert.Equal(130, run.ExitCode);
        Assert.Equal("edgequant: Interrupted.\n", run.Error);
    }

    [Fact]
    public void What_cannot_be_done_is_said()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        string used = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        Run("--web", "--port", used).Failed(5, $"cannot have port {used}").Failed(5, "Take another --port");
        Run("--web", "--port", "65536").Failed(2, "--port is '65536'; allowed are whole numbers from 0 to 65535.");
        Run("--web", "--port", "-1").Failed(2, "--port");
        Run("--web", "--port", "http").Failed(2, "--port is 'http'");
        Run("--port", "8080").Failed(2, "add --web");
        Run("--web", "--speed", "0").Failed(2, "--speed is '0'; allowed are numbers from 0.01 to 1000.");
    }

    [Fact]
    public void A_speed_is_kept_without_a_page_too()
    {
        Stopwatch watch = Stopwatch.StartNew();
        Run("--speed", "4").Succeeded();
        Assert.True(watch.Elapsed >= TimeSpan.FromSeconds(2), $"8 s played in {watch.Elapsed.TotalSeconds:0.0} s");
    }

    /// <summary>Who does not want the page need not wait for the web server's assemblies.</summary>
    [Theory]
    [InlineData("--version")]
    [InlineData("inspect FILE")]
    [InlineData("simulate FILE --recording CSV")]
    [InlineData("nonsense")]
    public void The_web_server_is_loaded_for_the_page_only(string command)
    {
        string[] arguments = [.. command.Split(' ').Select(word => word switch { "FILE" => model.Path, "CSV" => Csv(), _ => word })];
        Assert.DoesNotContain("AspNetCore", Loaded(arguments), StringComparison.Ordinal);
    }

    [Fact]
    public void The_web_server_is_seen_where_it_is_loaded()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        string used = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        Assert.Contains("AspNetCore", Loaded("simulate", model.Path, "--recording", Csv(), "--web", "--port", used), StringComparison.Ordinal);
    }

    private static string Loaded(params string[] arguments)
    {
        return ToolProcess.Run(ToolProcess.Executable, arguments, ("DOTNET_STARTUP_HOOKS", typeof(StartupHook).Assembly.Location)).Error;
    }

    private static void End(Process process)
    {
        using Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        kill.WaitForExit();
    }

    private static async Task<(Uri Address, string Line)> Address(Process process)
    {
        string? line = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.NotNull(line);
        return (new Uri(line.Split(' ')[2]), line);
    }

    private static JsonElement[] Messages(string events)
    {
        return [.. events.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => JsonElement.Parse(line[6..]))];
    }

    private static IEnumerable<JsonElement> Of(JsonElement[] messages, string type)
    {
        return messages.Where(message => message.GetProperty("type").GetString() == type);
    }

    private async Task<string> Text(Uri address)
    {
        return await _client.GetStringAsync(address, TestContext.Current.CancellationToken);
    }

    private Process Start(params string[] options)
    {
        return ToolProcess.Start(["simulate", model.Path, "--recording", Csv(), "--web", .. options]);
    }

    private ToolRun Run(params string[] options)
    {
        return ToolProcess.Run(["simulate", model.Path, "--recording", Csv(), .. options]);
    }

    /// <summary>Eight seconds of shaking.</summary>
    private string Csv()
    {
        Random random = new(11);
        StringBuilder text = new("aX,aY,aZ\n");
        for (int i = 0; i < 400; i++)
        {
            text.AppendJoin(',', Enumerable.Range(0, 3).Select(_ => ((2 * random.NextDouble()) - 1).ToString("0.####", CultureInfo.InvariantCulture))).Append('\n');
        }

        return _folder.Write("recording.csv", Encoding.UTF8.GetBytes(text.ToString()));
    }
}
