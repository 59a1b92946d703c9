using System.Globalization;
using System.Text.Json.Nodes;

namespace EdgeQuant.Firmware.Tests.RaspberryPi;

/// <summary>A device's files: a configuration that plays a recording of one second up and one second down again and again, and a model that tells which.</summary>
internal sealed class DeviceFolder : IDisposable
{
    private const int SamplesOfSecond = 100;

    private readonly TemporaryFolder _folder = new();

    public DeviceFolder()
    {
        IEnumerable<string> samples = Enumerable.Range(0, 2 * SamplesOfSecond).Select(i => string.Create(CultureInfo.InvariantCulture, $"{(i < SamplesOfSecond ? 0.8 : -0.8) + (i % 7 * 0.01):0.00},{i % 5 * 0.01:0.00},{1 + (i % 3 * 0.01):0.00}"));
        System.IO.File.WriteAllLines(_folder.File("recording.csv"), samples.Prepend("aX,aY,aZ"));
        Replace(TiltModel.File());
        Write(_ => { });
    }

    public string ConfigurationPath => _folder.File("device.json");

    public string LogPath => _folder.File("decisions.jsonl");

    public string ModelPath => _folder.File("model.eqm");

    public string SocketPath => _folder.File("notify");

    /// <summary>The path of another file in it.</summary>
    public string File(string name)
    {
        return _folder.File(name);
    }

    /// <summary>Writes the configuration, after it was changed.</summary>
    public void Write(Action<JsonObject> change)
    {
        JsonObject configuration = new()
        {
            ["model"] = "model.eqm",
            ["sensor"] = new JsonObject { ["kind"] = "mpu6050", ["channels"] = new JsonArray("aX", "aY", "aZ") },
            ["simulate"] = new JsonObject { ["recording"] = "recording.csv", ["repeat"] = true },
            ["log"] = new JsonObject { ["path"] = "decisions.jsonl" },
            ["gpio"] = new JsonArray(new JsonObject { ["label"] = "up", ["pin"] = 17, ["pulseMilliseconds"] = 100 }),
        };
        change(configuration);
        System.IO.File.WriteAllText(ConfigurationPath, configuration.ToJsonString());
    }

    /// <summary>Puts a model's file in place of the one that is there.</summary>
    public void Replace(byte[] model)
    {
        System.IO.File.WriteAllBytes(ModelPath + ".new", model);
        System.IO.File.Move(ModelPath + ".new", ModelPath, overwrite: true);
    }

    public void Dispose()
    {
        _folder.Dispose();
    }
}
