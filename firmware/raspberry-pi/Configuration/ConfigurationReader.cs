using System.Globalization;
using System.Text.Json;
using EdgeQuant.Boards;
using EdgeQuant.Boards.Simulator;
using EdgeQuant.Converter.Json;
using EdgeQuant.Firmware.Models;
using EdgeQuant.Firmware.Sinks;
using EdgeQuant.Runtime;

namespace EdgeQuant.Device.Configuration;

/// <summary>Reads the configuration's file. Paths in it are relative to its folder; members that it does not know are refused.</summary>
internal sealed class ConfigurationReader
{
    private const int MillihertzOfHertz = 1000;
    private const double HighestRate = 1e6;
    private const int HighestPin = 1023;
    private const int LongestPulse = 3_600_000;
    private const int LargestLogMegabytes = 100_000;
    private const long Megabyte = 1_000_000;

    private readonly List<JsonProblem> _problems = [];
    private readonly List<string> _files = [];
    private readonly string _path;
    private readonly string _folder;
    private readonly string? _model;

    private ConfigurationReader(string path, string? model)
    {
        _path = path;
        _folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        _model = model;
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="ConfigurationException">It cannot be read, or something in it is wrong: all mistakes at once.</exception>
    public static DeviceConfiguration Read(string path)
    {
        return new ConfigurationReader(path, model: null).Read();
    }

    /// <summary>Reads a file that will be on another machine. Files that it names by absolute paths are that machine's, and are not looked at.</summary>
    /// <param name="path">The configuration's file.</param>
    /// <param name="model">Path of the model's file on this machine, in place of the one that the configuration names, or does not name.</param>
    /// <exception cref="ConfigurationException">It cannot be read, or something in it is wrong: all mistakes at once.</exception>
    public static DeviceConfiguration ReadForDevice(string path, string model)
    {
        return new ConfigurationReader(path, model).Read();
    }

    private DeviceConfiguration Read()
    {
        JsonPart? document = JsonPartReader.Read(ReadFile(), _problems);
        DeviceConfiguration? configuration = document is null ? null : Whole(new ObjectReader(document, _problems));
        return configuration is not null && _problems.Count == 0
            ? configuration
            : throw new ConfigurationException(string.Join('\n', _problems.Select(problem => $"{_path}: {problem}")));
    }

    private byte[] ReadFile()
    {
        try
        {
            return SmallFile.Read(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{_path}: the configuration cannot be read: {exception.Message} Name it with --config FILE.", exception);
        }
    }

    private DeviceConfiguration Whole(ObjectReader reader)
    {
        string? model = Model(reader);
        string? board = reader.Text("board");
        ModelWeights weights = reader.Word<ModelWeights>("weights") ?? ModelWeights.Fast;
        int threads = reader.Whole("threads", 1, Network.MostThreads) ?? 1;
        reader.Require("sensor", "an object that says which sensor is read");
        SensorSettings? sensor = Sensor(reader.Object("sensor"));
        SimulationSettings? simulation = Simulation(reader.Object("simulate"));
        ObjectReader log = reader.Object("log");
        string? logPath = LogPath(log);
        BrokerReader mqtt = new(reader.Object("mqtt"), ReadablePath);
        DeviceConfiguration configuration = new()
        {
            Model = model ?? "",
            Board = board,
            Weights = weights,
            Threads = threads,
            Sensor = sensor ?? new SensorSettings { Sensor = "" },
            Simulation = simulation,
            Log = logPath,
            LogOptions = LogOptions(log),
            Pins = Pins(reader.Array("gpio")),
            Mqtt = mqtt.Broker(),
            MqttQueue = mqtt.Queue(),
            Files = _files,
        };
        log.End();
        mqtt.End();
        _ = reader.Text("$schema");
        reader.End();
        return configuration;
    }

    private string? Model(ObjectReader reader)
    {
        if (_model is null)
        {
            reader.Require("model", "the path of the model's file");
        }

        string? named = FullPath(reader.Text("model"));
        return _model ?? named;
    }

    private SensorSettings? Sensor(ObjectReader reader)
    {
        reader.Require("kind", string.Join(", ", SensorCatalog.Names));
        int? kind = reader.Part("kind") is { } part ? reader.Word(part, SensorCatalog.Names) : null;
        double? rate = reader.Number("sampleRate", value => value is > 0 and <= HighestRate, "a number of hertz above 0");
        SensorSettings settings = new()
        {
            Sensor = kind is { } index ? SensorCatalog.Names[index] : "",
            SampleRate = rate is { } hertz ? Math.Max(1, (int)Math.Round(hertz * MillihertzOfHertz)) : null,
            Bus = reader.Whole("bus", 0, byte.MaxValue),
            Address = Address(reader),
            Range = reader.Whole("range", 1),
            RotationRange = reader.Whole("rotationRange", 1),
            Channels = reader.Texts("channels"),
            Device = reader.Text("device"),
        };
        reader.End();
        return settings;
    }

    /// <summary>An address as a number, or as people write it: "0x68".</summary>
    private static int? Address(ObjectReader reader)
    {
        const string Allowed = "a whole number from 0 to 127, or one such as \"0x68\"";
        JsonPart? part = reader.Part("address");
        if (part is null)
        {
            return null;
        }

        bool isHexadecimal = part.Kind == JsonValueKind.String && part.Text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        int value = -1;
        bool isNumber = isHexadecimal
            ? int.TryParse(part.Text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
            : part.Kind == JsonValueKind.Number && int.TryParse(part.Text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        if (isNumber && value is >= 0 and <= sbyte.MaxValue)
        {
            return value;
        }

        reader.Refuse(part, Allowed);
        return null;
    }

    private SimulationSettings? Simulation(ObjectReader reader)
    {
        reader.Require("recording", "the path of a recording");
        string? recording = InputPath(reader.Text("recording"));
        bool repeat = reader.Flag("repeat") ?? false;
        List<Fault> faults = [];
        foreach (JsonPart part in reader.Array("faults"))
        {
            try
            {
                faults.Add(Fault.Parse(part.Text));
            }
            catch (FormatException exception)
            {
                reader.Refuse(part, "a fault such as \"stuck@2.5:1\"", exception.Message);
            }
        }

        reader.End();
        return recording is null ? null : new SimulationSettings(recording, repeat, faults);
    }

    private string? LogPath(ObjectReader reader)
    {
        reader.Require("path", "the path of the log");
        return FullPath(reader.Text("path"));
    }

    private static JsonLogOptions LogOptions(ObjectReader reader)
    {
        JsonLogOptions usual = new();
        return new JsonLogOptions
        {
            Sync = reader.Word<LogSync>("sync") ?? usual.Sync,
            LargestFile = reader.Whole("largestMegabytes", 1, LargestLogMegabytes) is { } megabytes ? megabytes * Megabyte : usual.LargestFile,
            Kept = reader.Whole("kept", 0, byte.MaxValue) ?? usual.Kept,
        };
    }

    private List<LabelPin> Pins(IReadOnlyList<JsonPart> parts)
    {
        List<LabelPin> pins = [];
        foreach (JsonPart part in parts)
        {
            ObjectReader reader = new(part, _problems);
            reader.Require("label", "one of the model's labels, or \"unknown\"");
            reader.Require("pin", "the number of a pin");
            LabelPin pin = new(
                reader.Text("label") ?? "",
                reader.Whole("pin", 0, HighestPin) ?? -1,
                reader.Flag("activeLow") ?? false,
                TimeSpan.FromMilliseconds(reader.Whole("pulseMilliseconds", 0, LongestPulse) ?? 0));
            if (pin.Pin >= 0 && pins.Exists(other => other.Pin == pin.Pin))
            {
                reader.Refuse(reader.Part("pin")!, "each pin once");
            }

            reader.End();
            pins.Add(pin);
        }

        return pins;
    }

    /// <summary>Full path of a file that the program reads beside the model.</summary>
    private string? InputPath(string? path)
    {
        if (path is not null && !Path.IsPathRooted(path))
        {
            _files.Add(path);
        }

        return FullPath(path);
    }

    /// <summary>Full path of a file beside the model that is looked into now; null: there is none, or it is on the machine that the configuration is for.</summary>
    private string? ReadablePath(string? path)
    {
        string? full = InputPath(path);
        return _model is not null && Path.IsPathRooted(path) ? null : full;
    }

    private string? FullPath(string? path)
    {
        return path is null ? null : Path.GetFullPath(path, _folder);
    }
}
