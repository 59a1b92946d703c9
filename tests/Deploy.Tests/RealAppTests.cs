using System.Text.Json;
using Xunit;

namespace EdgeQuant.Deploy.Tests;

/// <summary>The app that a Raspberry Pi runs, published by the tool, deployed to a real sshd, with a simulated sensor that plays a recording.</summary>
public sealed class RealAppTests(SshServer server) : IClassFixture<SshServer>
{
    [Fact]
    public void A_network_gets_to_labels_another_takes_its_place_and_the_first_comes_back()
    {
        SshServer.SkipWithoutSshd();
        using Device device = new(server);
        Assert.False(File.Exists(Path.Combine(PublishedApps.FrameworkDependent, "libcoreclr.so")));
        Assert.True(File.Exists(Path.Combine(PublishedApps.SelfContained, "libcoreclr.so")));

        JsonElement first = device.Run(DemoFolder.Model, "--simulate", DemoFolder.Recording, "--json").Succeeded().Json();
        string one = device.Current!;
        Assert.Contains("publish", first.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("name").GetString()));
        Assert.StartsWith("linux-", first.GetProperty("app").GetString(), StringComparison.Ordinal);
        Assert.Equal("a simulated mpu6050 (aX, aY, aZ), which plays recording.csv", first.GetProperty("configuration").GetString());
        Assert.Equal(ShortName(DemoFolder.Model), RunningModel(device));

        // Only the model is sent: app and configuration are those that are there.
        JsonElement second = device.Run(DemoFolder.SecondModel, "--json").Succeeded().Json();
        string two = device.Current!;
        Assert.InRange(second.GetProperty("bytes").GetInt64(), 1, 100_000);
        Assert.DoesNotContain("publish", second.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("name").GetString()));
        Assert.Equal(ShortName(DemoFolder.SecondModel), RunningModel(device));
        Assert.Equal((one, two), (device.Previous, device.Current));

        device.Run("--rollback").Succeeded();
        Assert.Equal(ShortName(DemoFolder.Model), RunningModel(device));
        JsonElement status = device.Run("--status", "--json").Succeeded().Json();
        Assert.Equal((one, two), (status.GetProperty("current").GetString(), status.GetProperty("previous").GetString()));
        using JsonDocument label = JsonDocument.Parse(status.GetProperty("lastLabel").GetString()!);
        Assert.Contains(label.RootElement.GetProperty("label").GetString(), (string[])["rest", "swipe", "circle", "shake", "tap", "unknown"]);
    }

    [Fact]
    public void A_device_without_dotnet_gets_an_app_with_its_own()
    {
        SshServer.SkipWithoutSshd();
        using Device device = new(server);

        string app = PublishedApps.SelfContained;
        Assert.True(File.Exists(Path.Combine(app, "libcoreclr.so")));

        device.Deploy(app, "--simulate", DemoFolder.Recording).Succeeded();

        Assert.Equal(ShortName(device.Model), RunningModel(device));
    }

    private static string ShortName(string model)
    {
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(model)))[..12];
    }

    /// <summary>The model that the app said it runs when it started last, with a label behind that.</summary>
    private static string RunningModel(Device device)
    {
        string[] lines = device.Run("--logs").Succeeded().Output.Split('\n');
        int start = Array.FindLastIndex(lines, line => line.Contains("\"event\":\"started\"", StringComparison.Ordinal));
        Assert.True(start >= 0, string.Join('\n', lines));
        Assert.Contains(lines[start..], line => line.Contains("\"label\"", StringComparison.Ordinal));
        using JsonDocument started = JsonDocument.Parse(lines[start]);
        return started.RootElement.GetProperty("message").GetString()!.Split("model ")[1][..12];
    }
}
