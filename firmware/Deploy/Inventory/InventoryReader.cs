using System.Text.Json;
using EdgeQuant.Boards;
using EdgeQuant.Converter.Json;

namespace EdgeQuant.Firmware.Deploy.Inventory;

/// <summary>
/// Reads an inventory: the hosts that are deployed to, in YAML (schema: <c>inventory.schema.json</c>). What a host does not say its group says, and what that does not say
/// <c>defaults</c> says. Paths are relative to its folder. Keys that it does not know are refused; all mistakes are said at once.
/// </summary>
public sealed class InventoryReader
{
    private const int LargestFile = 1024 * 1024;
    private const int LongestWatch = 3600;

    private readonly List<JsonProblem> _problems = [];
    private readonly string _path;
    private readonly string _folder;

    private InventoryReader(string path)
    {
        _path = path;
        _folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
    }

    /// <summary>Reads a file.</summary>
    /// <returns>The hosts, in their order: at least one.</returns>
    /// <exception cref="InvalidDataException">It cannot be read, or something in it is wrong.</exception>
    public static IReadOnlyList<InventoryHost> Read(string path)
    {
        return new InventoryReader(path).Read();
    }

    private IReadOnlyList<InventoryHost> Read()
    {
        JsonPart? document = YamlPartReader.Read(ReadFile(), _problems);
        IReadOnlyList<InventoryHost> hosts = document is null ? [] : Whole(new ObjectReader(document, _problems));
        return _problems.Count == 0
            ? hosts
            : throw new InvalidDataException(string.Join('\n', _problems.Select(problem => $"{_path}: {problem}")));
    }

    private string ReadFile()
    {
        try
        {
            FileInfo file = new(_path);
            return file.Exists && file.Length > LargestFile
                ? throw new InvalidDataException($"{_path}: {file.Length} bytes are no inventory; the most are {LargestFile}.")
                : File.ReadAllText(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{_path}: the inventory cannot be read: {exception.Message}", exception);
        }
    }

    private List<InventoryHost> Whole(ObjectReader reader)
    {
        ObjectReader defaultsReader = reader.Object("defaults");
        HostSettings defaults = Settings(defaultsReader);
        defaultsReader.End();
        Dictionary<string, HostSettings> groups = Groups(reader.Part("groups"));
        reader.Require("hosts", "a list of hosts");
        List<InventoryHost> hosts = [];
        IReadOnlyList<JsonPart> entries = reader.Array("hosts");
        if (entries.Count == 0 && reader.Part("hosts") is { Kind: JsonValueKind.Array } empty)
        {
            reader.Refuse(empty, "at least one host");
        }

        foreach (JsonPart entry in entries)
        {
            AddHost(hosts, reader, entry, groups, defaults);
        }

        reader.End();
        return hosts;
    }

    private Dictionary<string, HostSettings> Groups(JsonPart? part)
    {
        Dictionary<string, HostSettings> groups = new(StringComparer.Ordinal);
        foreach ((string name, JsonPart value) in part is { Kind: JsonValueKind.Object } ? part.Members : [])
        {
            ObjectReader reader = new(value, _problems);
            groups[name] = Settings(reader);
            reader.End();
        }

        if (part is not null && part.Kind != JsonValueKind.Object)
        {
            _problems.Add(new JsonProblem(part.Place, part.Found, "an object: names of groups, and what holds for them"));
        }

        return groups;
    }

    /// <summary>Adds a host: a name alone, or an object.</summary>
    private void AddHost(List<InventoryHost> hosts, ObjectReader parent, JsonPart entry, Dictionary<string, HostSettings> groups, HostSettings defaults)
    {
        HostSettings settings = defaults;
        JsonPart? name = entry;
        if (entry.Kind == JsonValueKind.Object)
        {
            ObjectReader reader = new(entry, _problems);
            reader.Require("host", "the host's name");
            name = reader.Part("host");
            HostSettings own = Settings(reader);
            HostSettings group = reader.Part("group") is { } wanted && reader.Word(wanted, [.. groups.Keys]) is int index ? groups.Values.ElementAt(index) : new HostSettings();
            settings = own.Over(group.Over(defaults));
            reader.End();
        }

        if (name is null)
        {
            return;
        }

        if (name.Kind is not (JsonValueKind.String or JsonValueKind.Number) || !RemoteName.IsHost(name.Text))
        {
            parent.Refuse(name, RemoteName.AllowedHost);
            return;
        }

        InventoryHost host = new(name.Text, settings);
        if (hosts.Exists(other => other.Name == host.Name))
        {
            parent.Refuse(name, "each host once", $"{host.Name} stands in this list before.");
        }

        hosts.Add(host);
    }

    private HostSettings Settings(ObjectReader reader)
    {
        return new HostSettings
        {
            User = Name(reader, "user", RemoteName.IsHost, RemoteName.AllowedHost),
            Port = reader.Whole("port", 1, ushort.MaxValue),
            SshOptions = reader.Texts("sshOptions"),
            Folder = Name(reader, "folder", RemoteName.IsFolder, RemoteName.AllowedFolder)?.TrimEnd('/'),
            Unit = Name(reader, "unit", RemoteName.IsUnit, RemoteName.AllowedUnit),
            RestartCommand = reader.Text("restartCommand"),
            SelfTestCommand = reader.Text("selfTestCommand"),
            LabelFile = reader.Text("labelFile"),
            Watch = reader.Whole("watch", 1, LongestWatch),
            App = Existing(reader, "app", Directory.Exists, "the folder of a published app"),
            Read = ReadSettings(reader),
        };
    }

    private ReadSettings? ReadSettings(ObjectReader reader)
    {
        int? sensor = reader.Part("sensor") is { } named ? reader.Word(named, SensorCatalog.Names) : null;
        string? config = Existing(reader, "config", File.Exists, "the path of a configuration");
        string? simulate = Existing(reader, "simulate", File.Exists, "the path of a recording");
        if (config is not null && (sensor is not null || simulate is not null))
        {
            reader.Refuse(reader.Part("config")!, "a configuration without sensor and simulate, for it says all");
        }

        return sensor is null && config is null && simulate is null ? null : new ReadSettings(sensor is int index ? SensorCatalog.Names[index] : null, config, simulate);
    }

    private static string? Name(ObjectReader reader, string key, Func<string, bool> isOne, string allowed)
    {
        string? name = reader.Text(key);
        if (name is null || isOne(name))
        {
            return name;
        }

        reader.Refuse(reader.Part(key)!, allowed);
        return null;
    }

    private string? Existing(ObjectReader reader, string key, Func<string, bool> exists, string allowed)
    {
        if (reader.Text(key) is not { } name)
        {
            return null;
        }

        string path = Path.GetFullPath(name, _folder);
        if (!exists(path))
        {
            reader.Refuse(reader.Part(key)!, allowed, $"{path} does not exist.");
        }

        return path;
    }
}
