using System.Runtime.Versioning;
using System.Text.Json;
using EdgeQuant.Firmware.Deploy;
using EdgeQuant.Firmware.Deploy.Configuration;
using EdgeQuant.Firmware.Models;
using Xunit;

namespace EdgeQuant.Deploy.Tests;

/// <summary>What is copied to a device.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class StagedReleaseTests
{
    [Fact]
    public void A_configuration_that_is_made_says_how_the_device_computes()
    {
        JsonElement usual = Made(ReleaseConfiguration.OfSensor(DemoFolder.Model, "mpu6050"));
        JsonElement threads = Made(ReleaseConfiguration.OfSensor(DemoFolder.Model, "mpu6050", threads: 2));
        JsonElement compact = Made(ReleaseConfiguration.OfRecording(DemoFolder.Model, null, DemoFolder.Recording, ModelWeights.Compact));

        Assert.Equal(["model", "sensor"], usual.EnumerateObject().Select(member => member.Name));
        Assert.Equal(2, threads.GetProperty("threads").GetInt32());
        Assert.Equal("compact", compact.GetProperty("weights").GetString());

        static JsonElement Made(ReleaseConfiguration configuration)
        {
            return JsonSerializer.Deserialize<JsonElement>(configuration.Files[0].Content);
        }
    }

    [Fact]
    public void Secrets_stay_closed_to_others()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        using Device device = new();
        string secret = device.Beside("credentials");
        File.WriteAllText(secret, "sensor:s3cret\n");
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        string file = device.Beside("device.json");
        File.WriteAllText(file, """{ "sensor": { "kind": "mpu6050", "channels": ["aX", "aY", "aZ"] }, "mqtt": { "host": "h", "topic": "t", "credentials": "credentials" } }""");
        using StagedRelease release = new(File.ReadAllBytes(DemoFolder.Model), app: null, ReleaseConfiguration.OfFile(file, DemoFolder.Model));
        string copy = Path.Combine(release.Path, "config", "credentials");
        Assert.Equal("sensor:s3cret\n", File.ReadAllText(copy));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(copy));

        // On the device they would be refused.
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Contains("chmod 640", Assert.Throws<InvalidDataException>(() => ReleaseConfiguration.OfFile(file, DemoFolder.Model)).Message, StringComparison.Ordinal);
    }
}
