using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using EdgeQuant.Firmware.Live;
using EdgeQuant.Firmware.Simulation;
using Xunit;

namespace EdgeQuant.Firmware.Tests.Live;

/// <summary>Who is answered, and that nobody who asks can delay the simulation.</summary>
public sealed class LiveServerTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly HttpClient _client = new() { Timeout = Limit };

    public void Dispose()
    {
        _client.Dispose();
    }

    [Fact]
    public async Task The_page_and_its_parts_are_there_and_nothing_else()
    {
        await using SmallSimulation simulation = new(1);
        await using LiveServer server = await LiveServer.StartAsync(simulation.Live, 0);
        foreach ((string path, string type) in new[] { ("", "text/html"), ("live.css", "text/css"), ("live.js", "text/javascript") })
        {
            using HttpResponseMessage response = await Get(new Uri(server.Address, path));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
            Assert.StartsWith("default-src 'none';", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        }

        Assert.Equal(HttpStatusCode.NotFound, await Status(HttpMethod.Get, new Uri(server.Address, "live.html")));
        Assert.Equal(HttpStatusCode.NotFound, await Status(HttpMethod.Get, new Uri(server.Address, "../../etc/passwd")));
        foreach (HttpMethod method in new[] { HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Options, HttpMethod.Head })
        {
            Assert.Equal(HttpStatusCode.MethodNotAllowed, await Status(method, server.Address));
        }
    }

    [Theory]
    [InlineData("127.0.0.1:PORT", 200)]
    [InlineData("localhost:PORT", 200)]
    [InlineData("127.0.0.1", 403)]
    [InlineData("127.0.0.1:1", 403)]
    [InlineData("evil.example:PORT", 403)]
    [InlineData("127.0.0.1.evil.example:PORT", 403)]
    [InlineData("", 403)]
    public async Task Only_this_machine_s_address_is_answered(string host, int status)
    {
        await using SmallSimulation simulation = new(1);
        await using LiveServer server = await LiveServer.StartAsync(simulation.Live, 0);
        string name = host.Replace("PORT", $"{server.Address.Port}", StringComparison.Ordinal);
        foreach (string path in new[] { "/", "/events" })
        {
            using TcpClient connection = new();
            await connection.ConnectAsync(IPAddress.Loopback, server.Address.Port, TestContext.Current.CancellationToken);
            NetworkStream stream = connection.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {name}\r\n\r\n"), TestContext.Current.CancellationToken);
            using StreamReader reader = new(stream);
            Assert.StartsWith($"HTTP/1.1 {status} ", await reader.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nobody_else_can_connect()
    {
        await using SmallSimulation simulation = new(1);
        await using LiveServer server = await LiveServer.StartAsync(simulation.Live, 0);
        IPAddress[] others = [.. (await Dns.GetHostAddressesAsync(Dns.GetHostName(), TestContext.Current.CancellationToken)).Where(address => !IPAddress.IsLoopback(address)), IPAddress.IPv6Loopback];
        foreach (IPAddress other in others)
        {
            using TcpClient connection = new(other.AddressFamily);
            await Assert.ThrowsAnyAsync<SocketException>(async () => await connection.ConnectAsync(other, server.Address.Port, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_port_that_is_in_use_is_said()
    {
        await using SmallSimulation simulation = new(1);
        await using LiveServer server = await LiveServer.StartAsync(simulation.Live, 0);
        IOException exception = await Assert.ThrowsAsync<IOException>(() => LiveServer.StartAsync(simulation.Live, server.Address.Port));
        Assert.Contains("in use", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_comes_before_and_who_comes_after_see_the_same()
    {
        await using SmallSimulation simulation = new(20);
        await using LiveServer server = await LiveServer.StartAsync(simulation.Live, 0);
        Task<List<(string Id, JsonElement Message)>> early = Events(server.Address);
        await Task.Delay(100, TestContext.Current.CancellationToken);
        simulation.Play();
        List<(string Id, JsonElement Message)> late = await Events(server.Address);
        Assert.Equal(late.Select(entry => entry.Message.GetRawText()), (await early).Select(entry => entry.Message.GetRawText()));
        Assert.Equal("start", late[0].Message.GetProperty("type").GetString());
        Assert.Equal("end", late[^1].Message.GetProperty("type").GetString());
    }

    [Fact]
    public async Task Who_was_disconnected_goes_on_where_it_was()
    {
        await using SmallSimulation simulation = new(20);
        await using LiveServer server = await LiveServer.StartAsync(simulation.Live, 0);
        simulation.Play();
        List<(string Id, JsonElement Message)> all = await Events(server.Address);
        string middle = all[all.Count / 2].Id;
        Assert.Equal(all[((all.Count / 2) + 1)..].Select(entry => entry.Id), (await Events(server.Address, middle)).Select(entry => entry.Id));
        foreach (string strange in new[] { "another-" + middle.Split('-')[1], middle + "1", middle.Split('-')[0] + "--1", "x" })
        {
            Assert.Equal(all.Count, (await Events(server.Address, strange)).Count);
        }
    }

    [Fact]
    public async Task Pages_that_do_not_read_do_not_delay_the_simulation()
    {
        await using SmallSimulation simulation = new(2000);
        await using LiveServer server = await LiveServer.StartAsync(simulation.Live, 0);
        List<TcpClient> sleepers = [];
        for (int i = 0; i < 10; i++)
        {
            TcpClient sleeper = new() { ReceiveBufferSize = 1024 };
            await sleeper.ConnectAsync(IPAddress.Loopback, server.Address.Port, TestContext.Current.CancellationToken);
            await sleeper.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /events HTTP/1.1\r\nHost: 127.0.0.1:{server.Address.Port}\r\n\r\n"), TestContext.Current.CancellationToken);
            sleepers.Add(sleeper);
        }

        sleepers[0].Close();
        Task<SimulationSummary> playing = Task.Run(() => simulation.Play(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        SimulationSummary summary = await playing.WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.InRange(summary.Decisions, 19_900, 20_000);
        Assert.Equal(0, summary.AllocatedBytes);

        // Twenty thousand decisions are more than is kept: who comes now is told so, and gets the rest to the end.
        List<(string Id, JsonElement Message)> kept = await Events(server.Address);
        Assert.Equal(["start", "missed"], kept.Take(2).Select(entry => entry.Message.GetProperty("type").GetString()));
        Assert.Equal("end", kept[^1].Message.GetProperty("type").GetString());
        sleepers.ForEach(sleeper => sleeper.Dispose());
    }

    private async Task<HttpResponseMessage> Get(Uri address)
    {
        return await _client.GetAsync(address, TestContext.Current.CancellationToken);
    }

    private async Task<HttpStatusCode> Status(HttpMethod method, Uri address)
    {
        using HttpRequestMessage request = new(method, address);
        using HttpResponseMessage response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    /// <summary>All events until the stream ends.</summary>
    private async Task<List<(string Id, JsonElement Message)>> Events(Uri server, string? last = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(server, "events"));
        if (last is not null)
        {
            request.Headers.Add("Last-Event-ID", last);
        }

        using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        using StreamReader reader = new(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        List<(string, JsonElement)> events = [];
        JsonElement message = default;
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                using JsonDocument document = JsonDocument.Parse(line[6..]);
                message = document.RootElement.Clone();
            }
            else if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                events.Add((line[4..], message));
            }
        }

        return events;
    }
}
