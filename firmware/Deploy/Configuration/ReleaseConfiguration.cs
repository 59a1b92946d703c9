using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeQuant.Boards;
using EdgeQuant.Boards.Simulator;
using EdgeQuant.Boards.Simulator.Signals;
using EdgeQuant.Device;
using EdgeQuant.Device.Configuration;
using EdgeQuant.Firmware.Models;
using EdgeQuant.Firmware.Simulation;
using EdgeQuant.Runtime;
using SimulationSettings = EdgeQuant.Device.Configuration.SimulationSettings;

namespace EdgeQuant.Firmware.Deploy.Configuration;

/// <summary>
/// The configuration of a release: <c>device.json</c> and the files that it names by relative paths. It was read by the app's own reader, and the model, the sensor and the pins'
/// labels were found to fit each other, before anything of it is copied.
/// </summary>
public sealed class ReleaseConfiguration
{
    private const string FileName = "device.json";
    private const string ModelInRelease = "../model.eqm";
    private const int MillihertzOfHertz = 1000;

    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    private ReleaseConfiguration(IReadOnlyList<ReleaseFile> files, DeviceConfiguration settings)
    {
        Files = files;
        Settings = settings;
    }

    /// <summary>Its files; the first is <c>device.json</c>.</summary>
    public IReadOnlyList<ReleaseFile> Files { get; }

    /// <summary>Whether a simulated board takes the place of the hardware.</summary>
    public bool IsSimulated => Settings.Simulation is not null;

    /// <summary>What is read, for people.</summary>
    public string Summary
    {
        get
        {
            string sensor = Settings.Sensor.Channels is { Count: > 0 } channels ? $"{Settings.Sensor.Sensor} ({string.Join(", ", channels)})" : Settings.Sensor.Sensor;
            return Settings.Simulation is { } simulation ? $"a simulated {sensor}, which plays {Path.GetFileName(simulation.Recording)}" : sensor;
        }
    }

    /// <summary>What the file says.</summary>
    internal DeviceConfiguration Settings { get; }

    /// <summary>Takes a configuration's file. Its member <c>model</c> may be absent: a release has its model in a place of its own.</summary>
    /// <param name="path">The file. Files that it names by relative paths, such as a recording, lie in its folder or below and become part of the release.</param>
    /// <param name="model">Path of the model's file.</param>
    /// <exception cref="InvalidDataException">It cannot be read, something in it is wrong, or a file that it names is not there.</exception>
    /// <exception cref="ModelRefusedException">The model cannot be used, or does not fit the sensor or the pins.</exception>
    /// <exception cref="SensorException">The sensor cannot do what the configuration asks.</exception>
    /// <exception cref="RecordingException">A recording is damaged.</exception>
    public static ReleaseConfiguration OfFile(string path, string model)
    {
        try
        {
            DeviceConfiguration settings = ConfigurationReader.ReadForDevice(path, model);
            Check(settings);
            JsonObject document = JsonNode.Parse(File.ReadAllBytes(path))!.AsObject();
            document.Remove("model");
            document.Insert(0, "model", ModelInRelease);
            string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            return new ReleaseConfiguration([Json(document), .. settings.Files.Distinct(StringComparer.Ordinal).Select(name => Beside(path, folder, name))], settings);
        }
        catch (ConfigurationException exception)
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }

    /// <summary>Makes a configuration that reads the model's channels from a sensor at the model's rate, in the range that the model was made for.</summary>
    /// <param name="model">Path of the model's file.</param>
    /// <param name="sensor">The sensor's name; null for the one that measures what the model takes.</param>
    /// <param name="weights">How the device keeps the model's weights.</param>
    /// <param name="threads">How many threads compute large layers there, 1 to <see cref="Network.MostThreads"/>.</param>
    /// <exception cref="ModelRefusedException">The model cannot be used, or does not fit the sensor.</exception>
    /// <exception cref="SimulationException">The sensor does not measure all that the model takes; or there is not exactly one that does, and none was named.</exception>
    /// <exception cref="SensorException">There is no such sensor, or it cannot do what the model takes.</exception>
    public static ReleaseConfiguration OfSensor(string model, string? sensor, ModelWeights weights = ModelWeights.Fast, int threads = 1)
    {
        return Made(new DeviceConfiguration { Model = Path.GetFullPath(model), Sensor = FittingSensor(model, sensor), Weights = weights, Threads = threads }, []);
    }

    /// <summary>Makes a configuration in which a simulated sensor plays a recording again and again.</summary>
    /// <param name="model">Path of the model's file.</param>
    /// <param name="sensor">The sensor's name; null for the first that measures what the model takes.</param>
    /// <param name="recording">Path of the recording: CSV, a column for each channel in the sensor's unit.</param>
    /// <param name="weights">How the device keeps the model's weights.</param>
    /// <param name="threads">How many threads compute large layers there, 1 to <see cref="Network.MostThreads"/>.</param>
    /// <exception cref="IOException">The recording cannot be read.</exception>
    /// <exception cref="RecordingException">The recording is damaged.</exception>
    /// <exception cref="ModelRefusedException">The model cannot be used, or does not fit the sensor.</exception>
    /// <exception cref="SimulationException">The sensor or the recording does not have all that the model takes.</exception>
    /// <exception cref="SensorException">There is no such sensor, or it cannot do what the model takes.</exception>
    public static ReleaseConfiguration OfRecording(string model, string? sensor, string recording, ModelWeights weights = ModelWeights.Fast, int threads = 1)
    {
        IReadOnlyList<string> fitting = SensorChoice.SensorsFor(LoadedModel.Load(model, ModelRequirements.None).Pipeline);
        DeviceConfiguration settings = new()
        {
            Model = Path.GetFullPath(model),
            Sensor = FittingSensor(model, sensor ?? (fitting.Count > 0 ? fitting[0] : null)),
            Simulation = new SimulationSettings(Path.GetFullPath(recording), Repeat: true, []),
            Weights = weights,
            Threads = threads,
        };
        return Made(settings, [new ReleaseFile("recording.csv", File.ReadAllBytes(recording))]);
    }

    private static ReleaseConfiguration Made(DeviceConfiguration settings, IReadOnlyList<ReleaseFile> files)
    {
        Check(settings);
        SensorSettings sensor = settings.Sensor;
        JsonObject described = new() { ["kind"] = sensor.Sensor, ["sampleRate"] = sensor.SampleRate!.Value / (double)MillihertzOfHertz };
        if (sensor.Range is int range)
        {
            described["range"] = range;
        }

        if (sensor.RotationRange is int rotation)
        {
            described["rotationRange"] = rotation;
        }

        described["channels"] = new JsonArray([.. sensor.Channels!.Select(channel => JsonValue.Create(channel))]);
        JsonObject document = new() { ["model"] = ModelInRelease, ["sensor"] = described };
        if (files.Count > 0)
        {
            document["simulate"] = new JsonObject { ["recording"] = files[0].Name, ["repeat"] = true };
        }

        if (settings.Weights == ModelWeights.Compact)
        {
            document["weights"] = "compact";
        }

        if (settings.Threads > 1)
        {
            document["threads"] = settings.Threads;
        }

        return new ReleaseConfiguration([Json(document), .. files], settings);
    }

    private static SensorSettings FittingSensor(string model, string? sensor)
    {
        LoadedModel loaded = LoadedModel.Load(model, ModelRequirements.None);
        if (sensor is not null)
        {
            return SensorChoice.FittingSettingsFor(loaded.Pipeline, sensor);
        }

        IReadOnlyList<string> fitting = SensorChoice.SensorsFor(loaded.Pipeline);
        string takes = string.Join(", ", Enumerable.Range(0, loaded.Pipeline.Channels).Select(loaded.Pipeline.ChannelUnit));
        return fitting.Count switch
        {
            1 => SensorChoice.FittingSettingsFor(loaded.Pipeline, fitting[0]),
            0 => throw new SimulationException(string.Create(
                CultureInfo.InvariantCulture,
                $"No sensor gives the {loaded.Pipeline.Channels} channels ({takes}) that the model takes in counts of its size. There are {string.Join(", ", SensorCatalog.Names)}: name one with --sensor to see what does not fit, or give a configuration with --config.")),
            _ => throw new SimulationException(string.Create(
                CultureInfo.InvariantCulture,
                $"Several sensors give the {loaded.Pipeline.Channels} channels ({takes}) that the model takes: {string.Join(", ", fitting)}. Say which one the device has: --sensor {fitting[0]}. Or give a configuration with --config, or a recording with --simulate.")),
        };
    }

    /// <summary>Does what the app does when it starts, on a simulated board.</summary>
    private static void Check(DeviceConfiguration configuration)
    {
        LoadedModel model = LoadedModel.Load(configuration.Model, configuration.Requirements);
        SensorSettings sensor = configuration.Sensor with { SampleRate = configuration.Sensor.SampleRate ?? model.Pipeline.SampleRate };
        using SimulatedConnections board = Board(sensor, configuration.Simulation);
        using ISensor opened = SensorCatalog.Open(sensor, board);
        SensorFit.Check(opened.Description, model.Pipeline);
    }

    private static SimulatedConnections Board(SensorSettings sensor, SimulationSettings? simulation)
    {
        if (simulation is not null && File.Exists(simulation.Recording))
        {
            RequireColumns(sensor, simulation);
            return new SimulatedBoard(sensor, simulation).Connections;
        }

        SimulatedConnections board = new();
        board.Connect(sensor, new GeneratedSignal([], (_, _) => { }));
        return board;
    }

    private static void RequireColumns(SensorSettings sensor, SimulationSettings simulation)
    {
        IReadOnlyList<string> columns = Recording.Load(simulation.Recording).Channels;
        IEnumerable<string> channels = sensor.Channels ?? [.. SensorCatalog.ChannelsOf(sensor).Select(channel => channel.Name)];
        string[] missing = [.. channels.Except(columns, StringComparer.OrdinalIgnoreCase)];
        if (missing.Length > 0)
        {
            throw new SimulationException($"The recording {simulation.Recording} has no column {string.Join(", ", missing)}, which {sensor.Sensor} is read for, only {string.Join(", ", columns)}. Name the columns so in its first line, or take another sensor.");
        }
    }

    private static ReleaseFile Json(JsonObject document)
    {
        return new ReleaseFile(FileName, JsonSerializer.SerializeToUtf8Bytes(document, s_indented));
    }

    /// <summary>A file that the configuration names.</summary>
    private static ReleaseFile Beside(string configuration, string folder, string name)
    {
        string path = Path.GetFullPath(name, folder);
        string below = Path.GetRelativePath(folder, path).Replace('\\', '/');
        if (below == ".." || below.StartsWith("../", StringComparison.Ordinal) || below == FileName)
        {
            throw new InvalidDataException($"{configuration}: it names the file '{name}', which is not below its folder. Put it there, or name it by the absolute path that it has on the device.");
        }

        try
        {
            return new ReleaseFile(below, File.ReadAllBytes(path)) { Mode = OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(path) };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{configuration}: it names the file '{name}', which cannot be read: {exception.Message} Files named by relative paths are copied with the configuration; name those that the device has by absolute paths.", exception);
        }
    }
}
