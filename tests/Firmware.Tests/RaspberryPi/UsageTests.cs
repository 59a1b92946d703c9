using System.Text.Json.Nodes;
using EdgeQuant.Firmware.Tests.Sinks;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Firmware.Tests.RaspberryPi;

/// <summary>Options, configurations and what is wrong with them: one clear message, one exit code.</summary>
public sealed class UsageTests : IDisposable
{
    private readonly DeviceFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
    }

    [Fact]
    public async Task A_good_configuration_and_a_good_model_pass_their_checks()
    {
        Assert.Equal((0, $"{_folder.ConfigurationPath}: good", ""), await Run("--check-config"));
        (int exitCode, string output, string error) = await Run("--self-test");
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Matches("model [0-9a-f]{12} passed its self-test; [1-9][0-9,]* bytes held beside the file, to be fast; labels: up, down$", output);
    }

    [Fact]
    public async Task Compact_weights_are_not_held_a_second_time()
    {
        _folder.Write(configuration => configuration["weights"] = "compact");
        (int exitCode, string output, string error) = await Run("--self-test");
        Assert.Equal((0, ""), (exitCode, error));
        Assert.EndsWith("passed its self-test; weights only as they are in the file; labels: up, down", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_threads_pass_the_self_test()
    {
        _folder.Write(configuration => configuration["threads"] = 3);
        (int exitCode, string output, string error) = await Run("--self-test");
        Assert.Equal((0, ""), (exitCode, error));
        Assert.EndsWith("labels: up, down", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--selftest", "There is no option \"--selftest\". Did you mean \"--self-test\"?")]
    [InlineData("--config", "--config needs a file.")]
    [InlineData("--help", "\"--help\" cannot be together with another of")]
    public async Task A_wrong_command_line_is_said_with_the_usage(string option, string message)
    {
        (int exitCode, string output, string error) = await Run("--check-config", option);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.StartsWith(message, error, StringComparison.Ordinal);
        Assert.Contains("usage: edgequant-device", error, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> BadConfigurations => new()
    {
        { """{ "model": "model.eqm", "sensr": { "kind": "mpu6050" } }""", "$.sensr (line 1): found the unknown member \"sensr\"; allowed: model, board, weights, threads, sensor, simulate, log, mqtt, gpio, $schema. Did you mean \"sensor\"?" },
        { """{ "model": "model.eqm", "sensr": { "kind": "mpu6050" } }""", "found no member \"sensor\"" },
        { """{ "model": "m", "sensor": { "kind": "mpu6050" }, "threads": 65 }""", "$.threads (line 1): found 65; allowed: a whole number from 1 to 64" },
        { """{ "model": "m", "sensor": { "kind": "mpu6050" }, "weights": "small" }""", "$.weights (line 1): found \"small\"; allowed: \"fast\", \"compact\"" },
        { """{ "model": "m", "sensor": { "kind": "mpu605" } }""", "Did you mean \"mpu6050\"?" },
        { """{ "model": "m", "sensor": { "kind": "mpu6050", "address": "0x80" } }""", "$.sensor.address (line 1): found \"0x80\"; allowed: a whole number from 0 to 127" },
        { """{ "model": "m", "sensor": { "kind": "mpu6050", "sampleRate": 0 } }""", "$.sensor.sampleRate (line 1): found 0" },
        { """{ "model": "m", "sensor": { "kind": "mpu6050" }, "log": { "sync": "often" } }""", "\"always\", \"second\"" },
        { """{ "model": "m", "sensor": { "kind": "mpu6050" }, "log": { } }""", "found no member \"path\"" },
        { """{ "model": "m", "sensor": { "kind": "mpu6050" }, "gpio": [{ "label": "a", "pin": 4 }, { "label": "b", "pin": 4 }] }""", "$.gpio[1].pin (line 1): found 4; allowed: each pin once" },
        { """{ "model": "m", "sensor": { "kind": "mpu6050" }, "gpio": [{ "label": "a", "pin": 4, "pulseMiliseconds": 4 }] }""", "Did you mean \"pulseMilliseconds\"?" },
        { """{ "model": "m", "sensor": { "kind": "mpu6050" }, "simulate": { "recording": "r.csv", "faults": ["slow@1"] } }""", "kinds are absent" },
        { """{ "model": "m", "sensor": { "kind": "mpu6050" }, "mqtt": { "host": "b", "topic": "a/#" } }""", "allowed: a topic without + and #" },
        { """{ "model": "m", "sensor": { "kind": "mpu6050" }, "mqtt": { "host": "b", "topic": "a", "credentials": "absent" } }""", "allowed: a file with one line USER:PASSWORD that can be read" },
        { """{ "model": "m", "sensor": { "kind": "mpu6050" }, "mqtt": { "host": "b", "topic": "a", "credentials": "/dev/zero" } }""", "$.mqtt.credentials (line 1): found \"/dev/zero\"" },
        { """{ "model": "m", "sensor": { "kind": "mpu6050" }, "mqtt": { "host": "b", "topic": "a", "tls": { "ca": "model.eqm" } } }""", "There is no certificate in it." },
        { """{ "model": "m", "sensor": { "kind": "mpu6050" }, "mqtt": { "host": "b", "topic": "a", "tls": { "certificate": "c.pem" } } }""", "$.mqtt.tls (line 1): found no member \"key\"; allowed: a PEM file with the private key" },
        { """{ "model": "m", "sensor": { "kind": "mpu6050" }, "mqtt": { "host": "b", "topic": "a", "tls": { "cafile": "c.pem" } } }""", "allowed: ca, certificate, key" },
        { "{ \"model\": \"m\",\n\"model\": \"n\", \"sensor\": { \"kind\": \"mpu6050\" } }", "$.model (line 2): found the member \"model\" a second time" },
        { "{ \"model\": ", "no JSON" },
        { "[]", "found an array; allowed: an object" },
        { "", "no JSON" },
    };

    [Theory]
    [MemberData(nameof(BadConfigurations))]
    public async Task A_configuration_with_mistakes_is_refused_with_their_places(string json, string message)
    {
        await File.WriteAllTextAsync(_folder.ConfigurationPath, json, TestContext.Current.CancellationToken);
        (int exitCode, string output, string error) = await Run("--check-config");
        Assert.Equal((3, ""), (exitCode, output));
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.All(error.Split('\n'), line => Assert.StartsWith(_folder.ConfigurationPath + ": ", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite, null)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead, null)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead, "mode 404")]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.GroupWrite, "mode 460")]
    public async Task Secrets_that_others_can_read_or_change_are_refused(UnixFileMode mode, string? found)
    {
        using Certificates certificates = new();
        (string certificate, string key) = certificates.Sign("sensor");
        string credentials = _folder.File("credentials");
        await File.WriteAllTextAsync(credentials, "sensor:s3cret\n", TestContext.Current.CancellationToken);
        _folder.Write(configuration => configuration["mqtt"] = new JsonObject
        {
            ["host"] = "broker.invalid",
            ["topic"] = "desk",
            ["credentials"] = credentials,
            ["tls"] = new JsonObject { ["ca"] = certificates.AuthorityPath, ["certificate"] = certificate, ["key"] = key },
        });
        FileModes.Set(credentials, mode);
        FileModes.Set(key, mode);
        (int exitCode, _, string error) = await Run("--check-config");
        Assert.Equal(found is null ? 0 : 3, exitCode);
        if (found is not null)
        {
            string[] lines = error.Split('\n');
            Assert.Equal(2, lines.Length);
            Assert.All(lines, line => Assert.Contains(found, line, StringComparison.Ordinal));
            Assert.All(lines, line => Assert.Contains("chmod 640", line, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_is_not_there_is_named()
    {
        File.Delete(_folder.ConfigurationPath);
        await Refused(3, _folder.ConfigurationPath);
        _folder.Write(configuration => configuration["simulate"]!["recording"] = "nothing.csv");
        await Refused(3, "nothing.csv");
        _folder.Write(_ => { });
        File.Delete(_folder.ModelPath);
        await Refused(3, _folder.ModelPath);
    }

    [Fact]
    public async Task A_model_that_does_not_fit_is_refused()
    {
        _folder.Replace(TiltModel.WithWrongSelfTest());
        await Refused(3, "self-test");
        _folder.Replace(TiltModel.File(labels: "left,right"));
        await Refused(3, "the model has no label \"up\"");
        _folder.Replace(TiltModel.File());
        _folder.Write(configuration => configuration["sensor"]!["range"] = 16);
        await Refused(3, "sensor.range");
        _folder.Write(configuration => configuration["sensor"]!["range"] = 5);
        await Refused(3, "2, 4, 8, 16 g");
    }

    [Fact]
    public async Task A_model_for_another_board_is_refused()
    {
        // One for a smaller board with the same runtime is the same bytes; one for none in particular goes everywhere.
        _folder.Replace(TiltModel.MadeFor("raspberry-pi-zero-2-w"));
        await Accepted();
        _folder.Replace(TiltModel.MadeFor("esp32-devkitc"));
        await Refused(3, "The model was made for the board esp32-devkitc, which runs nanoFramework; this one runs net. Convert the network for this board");

        _folder.Write(configuration => configuration["board"] = "raspberry-pi-5");
        await Refused(3, "The model was made for the board esp32-devkitc; \"board\" of the configuration is raspberry-pi-5.");
        _folder.Replace(TiltModel.MadeFor("raspberry-pi-4"));
        await Refused(3, "edgequant convert MODEL -o OUT.eqm --board raspberry-pi-5");
        _folder.Replace(TiltModel.MadeFor("raspberry-pi-5"));
        await Accepted();
        _folder.Replace(TiltModel.File());
        await Accepted();

        _folder.Write(configuration => configuration["board"] = "any");
        _folder.Replace(TiltModel.MadeFor("esp32-devkitc"));
        await Accepted();
        _folder.Replace(TiltModel.MadeFor("raspberry-pi-5", memory: 1L << 50));
        await Refused(3, "this machine has");
    }

    [Fact]
    public async Task A_model_for_another_board_that_is_dropped_in_is_refused()
    {
        using DeviceProcess device = DeviceProcess.Start(["--config", _folder.ConfigurationPath]);
        await device.ReadUntil(line => line.Contains("\"label\":", StringComparison.Ordinal));
        _folder.Replace(TiltModel.MadeFor("esp32-s3-devkitc"));
        Assert.Contains("made for the board esp32-s3-devkitc", await device.ReadUntil(line => line.Contains("model-refused", StringComparison.Ordinal)), StringComparison.Ordinal);
        device.Send("TERM");
        Assert.Equal(0, (await device.Finish()).ExitCode);
    }

    [Fact]
    public async Task A_damaged_model_is_refused()
    {
        byte[] file = TiltModel.File();
        file[^1] ^= 1;
        _folder.Replace(file);
        await Refused(3, "The checksum of the file is wrong: it was damaged on its way. Copy it again.");
        _folder.Replace(file[..(file.Length / 2)]);
        await Refused(3, "It was cut off or added to.");
        _folder.Replace([]);
        await Refused(3, "The file has 0 bytes");
    }

    [Fact]
    public async Task A_rate_that_the_sensor_does_not_do_is_refused_with_the_nearest_ones()
    {
        _folder.Write(configuration => configuration["sensor"]!["sampleRate"] = 119);
        await Refused(3, "The MPU-6050 cannot take 119 samples a second. ");
    }

    [Fact]
    public async Task A_sensor_that_is_not_there_is_a_device_that_failed()
    {
        _folder.Write(configuration => configuration["simulate"]!["faults"] = new JsonArray("other-chip@0"));
        await Refused(5, "The device at address 0x68 of I2C bus 1 is no MPU-6050: its identity is 0x71, expected is 0x68. Name the sensor that is connected there");
        _folder.Write(configuration => configuration["simulate"]!["faults"] = new JsonArray("absent@0"));
        await Refused(5, "No device answers at address 0x68 of I2C bus 1");
        _folder.Write(configuration =>
        {
            configuration.Remove("simulate");
            configuration.Remove("gpio");
            configuration["sensor"]!["bus"] = 250;
        });
        await Refused(5, "There is no I2C bus /dev/i2c-250");
    }

    [Fact]
    public async Task The_example_is_a_good_configuration_and_the_unit_starts_the_program_as_it_is_used()
    {
        string app = Path.Combine(Repository.Root, "firmware", "raspberry-pi");
        File.Copy(Path.Combine(app, "device.example.json"), _folder.ConfigurationPath, overwrite: true);
        Assert.Equal((0, $"{_folder.ConfigurationPath}: good", ""), await Run("--check-config"));

        string[] unit = await File.ReadAllLinesAsync(Path.Combine(app, "edgequant-device.service"), TestContext.Current.CancellationToken);
        Assert.Contains("Type=notify", unit);
        Assert.Contains("User=edgequant", unit);
        Assert.Contains("SupplementaryGroups=gpio i2c spi audio", unit);
        Assert.Contains(unit, line => line.StartsWith("WatchdogSec=", StringComparison.Ordinal));
        string[] command = unit.Single(line => line.StartsWith("ExecStart=", StringComparison.Ordinal)).Split(' ');
        Assert.EndsWith("/edgequant-device", command[0], StringComparison.Ordinal);
        using DeviceProcess device = DeviceProcess.Start([.. command[1..^1], _folder.ConfigurationPath, "--check-config"]);
        Assert.Equal((0, ""), await device.Finish());
    }

    private async Task Accepted()
    {
        Assert.Equal((0, ""), await Run("--self-test") is var (exitCode, _, error) ? (exitCode, error) : default);
    }

    private async Task Refused(int expected, string message)
    {
        (int exitCode, _, string error) = await Run();
        Assert.Equal(expected, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n'));
    }

    private async Task<(int ExitCode, string Output, string Error)> Run(params string[] options)
    {
        using DeviceProcess device = DeviceProcess.Start(["--config", _folder.ConfigurationPath, .. options]);
        (int exitCode, string error) = await device.Finish();
        return (exitCode, string.Join('\n', device.Lines), error.TrimEnd());
    }
}
