using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeQuant.Firmware.Tests.Sinks;
using Xunit;

namespace EdgeQuant.Firmware.Tests.RaspberryPi;

/// <summary>The program as it runs on a device, on a simulated board.</summary>
public sealed class DeviceProcessTests : IDisposable
{
    private readonly DeviceFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
    }

    [Fact]
    public async Task It_says_labels_until_SIGTERM_ends_it_cleanly()
    {
        using DeviceProcess device = Start();
        Assert.Contains("\"event\":\"started\"", await device.ReadUntil(_ => true), StringComparison.Ordinal);
        await device.ReadUntil(line => Label(line) == "down");
        await device.ReadUntil(line => Label(line) == "up");
        device.Send("TERM");
        (int exitCode, string error) = await device.Finish();
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("\"event\":\"stopped\"", device.Lines[^1], StringComparison.Ordinal);

        using JsonDocument decision = JsonDocument.Parse(device.Lines.First(line => Label(line) == "up"));
        Assert.Equal(["timestamp", "label", "class", "score", "raised", "latencyMs", "sample"], decision.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.InRange(DateTimeOffset.UtcNow - decision.RootElement.GetProperty("timestamp").GetDateTimeOffset(), TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(2));
        Assert.InRange(decision.RootElement.GetProperty("score").GetDouble(), 0.7, 1);

        // The log holds the very same.
        Assert.Equal(Decisions.Samples(device.Lines), Decisions.Samples(await File.ReadAllLinesAsync(_folder.LogPath, TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData("second")]
    [InlineData("always")]
    public async Task A_program_that_is_killed_has_logged_all_that_it_said_and_goes_on_behind_it(string sync)
    {
        // A thousand decisions a second, so that it is killed while it decides.
        _folder.Replace(TiltModel.File(stride: 1, sampleRate: 1000));
        _folder.Write(configuration => configuration["log"]!["sync"] = sync);
        Random random = new(7);
        int before = 0;
        int checkedDecisions = 0;
        for (int run = 0; run < 10; run++)
        {
            using DeviceProcess device = Start();
            int last = random.Next(1, 600);
            await device.ReadUntil(_ => last-- == 0);
            device.Kill();
            Assert.NotEqual(0, (await device.Finish()).ExitCode);

            string[] lines = await File.ReadAllLinesAsync(_folder.LogPath, TestContext.Current.CancellationToken);
            long[] logged = Decisions.Samples(lines[before..]);
            Assert.Equal(Enumerable.Range(0, logged.Length).Select(i => TiltModel.FrameSamples + (long)i), logged);

            // A disk that is too slow is said, and may lose what was decided since.
            long[] said = Decisions.Samples(device.Lines.TakeWhile(line => !line.Contains("output-failed", StringComparison.Ordinal)));
            Assert.Empty(said.Except(logged));
            checkedDecisions += said.Length;

            // As a power cut may leave it.
            await File.AppendAllTextAsync(_folder.LogPath, "{\"timestamp\":\"20", TestContext.Current.CancellationToken);
            before = (await File.ReadAllLinesAsync(_folder.LogPath, TestContext.Current.CancellationToken)).Length;
        }

        Assert.NotEqual(0, checkedDecisions);
    }

    [Fact]
    public async Task Systemd_is_told_that_it_is_up_that_it_works_and_that_it_ends()
    {
        using Socket systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(_folder.SocketPath));
        systemd.ReceiveTimeout = 30_000;
        using DeviceProcess device = DeviceProcess.Start(["--config", _folder.ConfigurationPath], ("NOTIFY_SOCKET", _folder.SocketPath), ("WATCHDOG_USEC", "600000"));
        Assert.StartsWith("READY=1\nSTATUS=MPU-6050 at 100 Hz", Receive(systemd), StringComparison.Ordinal);
        Assert.Equal("WATCHDOG=1", Receive(systemd));
        Assert.Equal("WATCHDOG=1", Receive(systemd));
        device.Send("TERM");
        Assert.Equal(0, (await device.Finish()).ExitCode);
        string last = Receive(systemd);
        while (last == "WATCHDOG=1")
        {
            last = Receive(systemd);
        }

        Assert.Equal("STOPPING=1", last);
    }

    [Fact]
    public async Task New_models_are_taken_and_bad_ones_refused_while_it_runs()
    {
        _folder.Write(configuration => configuration.Remove("gpio"));
        using DeviceProcess device = Start();
        await device.ReadUntil(line => Label(line) == "up");
        _folder.Replace(TiltModel.WithWrongSelfTest());
        Assert.Contains("self-test", await device.ReadUntil(line => line.Contains("model-refused", StringComparison.Ordinal)), StringComparison.Ordinal);
        await device.ReadUntil(line => Label(line) == "up");
        _folder.Replace(TiltModel.File(labels: "left,right"));
        await device.ReadUntil(line => line.Contains("model-swapped", StringComparison.Ordinal));
        await device.ReadUntil(line => Label(line) == "left");
        device.Send("TERM");
        Assert.Equal(0, (await device.Finish()).ExitCode);
    }

    [Fact]
    public async Task A_recording_that_is_not_repeated_is_played_in_its_own_time_to_its_end()
    {
        _folder.Write(configuration => configuration["simulate"]!["repeat"] = false);
        long start = TimeProvider.System.GetTimestamp();
        using DeviceProcess device = Start();
        Assert.Equal((0, ""), await device.Finish());
        Assert.InRange(Decisions.Samples(device.Lines).Length, 19, 20);
        Assert.True(TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public async Task A_broker_that_the_configuration_names_is_told_what_is_said()
    {
        Assert.SkipUnless(Mosquitto.IsInstalled, Mosquitto.Absent);
        using Certificates certificates = new();
        (string certificate, string key) = certificates.Sign("broker");
        (string own, string ownKey) = certificates.Sign("sensor");
        Mosquitto.WriteAccount(_folder.File("accounts"), "sensor", "s3cret");
        await File.WriteAllTextAsync(_folder.File("credentials"), "sensor:s3cret\n", TestContext.Current.CancellationToken);
        FileModes.Set(_folder.File("credentials"), UnixFileMode.UserRead);
        using Mosquitto broker = new(
            "allow_anonymous false",
            $"password_file {_folder.File("accounts")}",
            $"cafile {certificates.AuthorityPath}",
            $"certfile {certificate}",
            $"keyfile {key}",
            "require_certificate true");
        broker.Start();
        using MqttListener listener = await MqttListener.Start(broker.Port);
        _folder.Write(configuration => configuration["mqtt"] = new JsonObject
        {
            ["host"] = "127.0.0.1",
            ["port"] = broker.GuardedPort,
            ["topic"] = "desk",
            ["credentials"] = "credentials",
            ["tls"] = new JsonObject { ["ca"] = certificates.AuthorityPath, ["certificate"] = own, ["key"] = ownKey },
        });
        using DeviceProcess device = Start();
        await device.ReadUntil(line => Label(line) == "down");
        device.Send("TERM");
        Assert.Equal((0, ""), await device.Finish());
        Assert.True(listener.Hears(heard => heard.Contains(("desk/status", "offline"))));
        Assert.Equal(device.Lines.Where(line => Label(line) is not null), listener.Heard.Where(message => message.Topic == "desk/decisions").Select(message => message.Text));
    }

    [Fact]
    public async Task A_broker_that_is_away_is_said_once_and_nothing_else_waits_for_it()
    {
        _folder.Write(configuration => configuration["mqtt"] = new JsonObject { ["host"] = "127.0.0.1", ["port"] = 1, ["topic"] = "desk", ["queue"] = 10 });
        using DeviceProcess device = Start();
        string failed = await device.ReadUntil(line => line.Contains("output-failed", StringComparison.Ordinal));
        Assert.Contains("MQTT broker 127.0.0.1:1: Connection refused. Decisions wait, at most 10.", failed, StringComparison.Ordinal);
        int decisions = 20;
        await device.ReadUntil(line => Label(line) is not null && --decisions == 0);
        device.Send("TERM");
        Assert.Equal((0, ""), await device.Finish());
        Assert.Single(device.Lines, line => line.Contains("output-failed", StringComparison.Ordinal));

        // What never came through is said at the end, in the log too.
        string[] log = await File.ReadAllLinesAsync(_folder.LogPath, TestContext.Current.CancellationToken);
        Assert.Equal(Decisions.Samples(device.Lines), Decisions.Samples(log));
        Assert.Contains(device.Lines, line => line.Contains("decisions-dropped", StringComparison.Ordinal));
        Assert.Contains(log, line => line.Contains("It did not take them until the end.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_disk_without_space_is_said_once_and_what_it_did_not_take_at_the_end()
    {
        _folder.Write(configuration => configuration["log"]!["path"] = "/dev/full");
        using DeviceProcess device = Start();
        string failed = await device.ReadUntil(line => line.Contains("output-failed", StringComparison.Ordinal));
        Assert.Contains("log /dev/full: No space left on device", failed, StringComparison.Ordinal);
        int decisions = 20;
        await device.ReadUntil(line => Label(line) is not null && --decisions == 0);
        device.Send("TERM");
        Assert.Equal((0, ""), await device.Finish());
        Assert.Single(device.Lines, line => line.Contains("output-failed", StringComparison.Ordinal));
    }

    private DeviceProcess Start()
    {
        return DeviceProcess.Start(["--config", _folder.ConfigurationPath]);
    }

    private static string? Label(string line)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        return json.RootElement.TryGetProperty("label", out JsonElement label) ? label.GetString() : null;
    }

    private static string Receive(Socket socket)
    {
        byte[] message = new byte[1000];
        return Encoding.UTF8.GetString(message, 0, socket.Receive(message));
    }
}
