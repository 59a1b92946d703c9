using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using EdgeQuant.Boards;
using EdgeQuant.Converter.Tests.Json;
using EdgeQuant.Device.Configuration;
using EdgeQuant.Tests.Support;
using Json.Schema;
using Xunit;

namespace EdgeQuant.Deploy.Tests;

/// <summary>The schema of a device's configuration allows and refuses what its reader does.</summary>
public sealed class DeviceSchemaTests : IDisposable
{
    /// <summary>Every member that there is.</summary>
    private const string Whole = """
        {
          "$schema": "device.schema.json", "model": "model.eqm", "board": "raspberry-pi-5", "weights": "compact", "threads": 4,
          "sensor": {
            "kind": "mpu6050", "sampleRate": 50, "bus": 1, "address": "0x68", "range": 4, "rotationRange": 500, "channels": ["aX", "aY", "aZ"], "device": "hw:1"
          },
          "simulate": { "recording": "recording.csv", "repeat": true, "faults": ["absent@10:5", "stuck@2.5"] },
          "log": { "path": "decisions.jsonl", "sync": "second", "largestMegabytes": 16, "kept": 4 },
          "gpio": [{ "label": "up", "pin": 17, "activeLow": true, "pulseMilliseconds": 100 }, { "label": "unknown", "pin": 4 }],
          "mqtt": {
            "host": "broker", "port": 8883, "topic": "home/kitchen", "clientId": "pi", "credentials": "credentials", "onlyRaised": true, "queue": 100,
            "tls": { "ca": "certificate.pem", "certificate": "certificate.pem", "key": "key.pem" }
          }
        }
        """;

    /// <summary>What schemas cannot say: which files there are, and which member only the device asks for. These are refused by the reader alone.</summary>
    private static readonly string[] s_beyond = ["without /model", "/mqtt/credentials as", "/mqtt/tls/"];

    private static readonly string s_folder = Path.Combine(Repository.Root, "firmware", "raspberry-pi");

    private readonly JsonSchema _schema = JsonSchema.FromFile(Path.Combine(s_folder, "device.schema.json"));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgequant-device-");

    public DeviceSchemaTests()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = new CertificateRequest("CN=pi", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Write("certificate.pem", certificate.ExportCertificatePem());
        Write("key.pem", key.ExportPkcs8PrivateKeyPem());
        Write("credentials", "ann:secret\n");
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void It_agrees_with_the_reader_on_every_value()
    {
        JsonNode whole = JsonNode.Parse(Whole)!;
        Assert.True(_schema.Evaluate(whole).IsValid);
        Assert.True(IsRead(whole));
        int refused = 0;
        foreach ((string what, JsonNode changed) in ChangedDocuments.Of(whole))
        {
            bool allowed = _schema.Evaluate(changed).IsValid;
            bool isRead = IsRead(changed);
            bool mayDiffer = allowed && !isRead && s_beyond.Any(relation => what.StartsWith(relation, StringComparison.Ordinal));
            Assert.True(allowed == isRead || mayDiffer, $"{what}: the schema {(allowed ? "allows" : "refuses")} it, the reader does not.");
            refused += isRead ? 0 : 1;
        }

        Assert.True(refused > 200, $"{refused} changes were refused");
    }

    [Theory]
    [InlineData("0x7F", true)]
    [InlineData("0x80", false)]
    [InlineData("0X0068", true)]
    [InlineData("68", false)]
    [InlineData("0x", false)]
    [InlineData(127, true)]
    [InlineData(128, false)]
    public void An_address(object address, bool allowed)
    {
        JsonNode document = JsonNode.Parse(Whole)!;
        document["sensor"]!["address"] = JsonValue.Create(address);

        Assert.Equal(allowed, _schema.Evaluate(document).IsValid);
        Assert.Equal(allowed, IsRead(document));
    }

    [Fact]
    public void It_knows_every_sensor()
    {
        foreach (string sensor in SensorCatalog.Names)
        {
            JsonNode document = JsonNode.Parse(Whole)!;
            document["sensor"]!["kind"] = sensor;
            Assert.True(_schema.Evaluate(document).IsValid, sensor);
        }
    }

    [Fact]
    public void The_example_is_as_it_says()
    {
        Assert.True(_schema.Evaluate(JsonNode.Parse(File.ReadAllText(Path.Combine(s_folder, "device.example.json")))).IsValid);
    }

    private bool IsRead(JsonNode document)
    {
        Write("device.json", document.ToJsonString());
        try
        {
            return ConfigurationReader.Read(Path.Combine(_folder.FullName, "device.json")) is not null;
        }
        catch (ConfigurationException)
        {
            return false;
        }
    }

    /// <summary>Writes a file that others may not read, as secrets must be.</summary>
    private void Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
