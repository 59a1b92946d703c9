using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using EdgeQuant.Firmware.Deploy.Inventory;
using YamlDotNet.Serialization;

namespace EdgeQuant.Firmware.Deploy.Ansible;

/// <summary>
/// Writes an inventory out for people who run Ansible: a playbook, an inventory for it, and a folder with the device's script and the releases. The playbook does on a device what
/// <see cref="Deployer"/> does, with the same script.
/// </summary>
public sealed class PlaybookWriter
{
    private const long Kibibyte = 1024;
    private const long SpareKibibytes = 256;

    private readonly string _playbook;
    private readonly string _filesName;
    private readonly Dictionary<string, Dictionary<string, object>> _hosts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Archive> _archives = new(StringComparer.Ordinal);

    /// <summary>Begins a playbook. Files that an earlier one left under the same names are replaced.</summary>
    /// <param name="playbook">Its path; the other files lie beside it, with the same beginning of their names.</param>
    public PlaybookWriter(string playbook)
    {
        _playbook = Path.GetFullPath(playbook);
        string name = Path.GetFileNameWithoutExtension(_playbook);
        _filesName = name + ".files";
        Inventory = Beside(name + ".hosts.yml");
        Files = Beside(_filesName);
    }

    /// <summary>The path of Ansible's inventory.</summary>
    public string Inventory { get; }

    /// <summary>The path of the folder with the script and the releases.</summary>
    public string Files { get; }

    /// <summary>Adds a host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="parts">What is deployed to it: with an app and a configuration.</param>
    /// <exception cref="InvalidDataException">What the inventory says of it cannot stand in a playbook.</exception>
    /// <exception cref="IOException">A release cannot be written.</exception>
    public void Add(InventoryHost host, ReleaseParts parts)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(parts);
        Archive archive = ArchiveOf(parts);
        ConnectionOptions connection = host.Connection("ssh", "scp");
        int at = host.Host.LastIndexOf('@');
        Dictionary<string, object> values = new(StringComparer.Ordinal)
        {
            ["ansible_host"] = Literal(host, host.Host[(at + 1)..]),
            ["edgequant_release"] = archive.Release,
            ["edgequant_archive"] = archive.Name,
            ["edgequant_needed"] = archive.Kibibytes,
            ["edgequant_settings"] = host.Device().Words().Select(word => Literal(host, word)).ToArray(),
        };
        if (at >= 0)
        {
            values["ansible_user"] = Literal(host, host.Host[..at]);
        }

        if (connection.Port is int port)
        {
            values["ansible_port"] = port;
        }

        if (connection.Options.Count > 0)
        {
            values["ansible_ssh_common_args"] = Literal(host, string.Join(' ', connection.Options.Select(option => $"-o {Quoted(option)}")));
        }

        _hosts[Alias(host.Name)] = values;
    }

    /// <summary>Writes the playbook and its inventory.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    public void Write()
    {
        Dictionary<string, object> group = new(StringComparer.Ordinal)
        {
            ["vars"] = new Dictionary<string, object>(StringComparer.Ordinal) { ["edgequant_files"] = _filesName },
            ["hosts"] = _hosts,
        };
        ISerializer serializer = new SerializerBuilder().WithQuotingNecessaryStrings().Build();
        File.WriteAllText(Path.Combine(Files, "device.sh"), Resource.Text("device.sh"));
        File.WriteAllText(Inventory, "# Written by `edgequant deploy --ansible`.\n" + serializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal) { ["edgequant"] = group }));
        File.WriteAllText(_playbook, Resource.Text("playbook.yml"));
    }

    /// <summary>The archive of a release; hosts that get the same share one.</summary>
    private Archive ArchiveOf(ReleaseParts parts)
    {
        string key = $"{parts.App}\n{string.Join('\n', parts.Configuration!.Files.Select(file => file.Name + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(file.Content))))}";
        if (_archives.TryGetValue(key, out Archive? known))
        {
            return known;
        }

        if (_archives.Count == 0)
        {
            Directory.CreateDirectory(Files);
            foreach (string old in Directory.EnumerateFiles(Files, "release-*.tar.gz"))
            {
                File.Delete(old);
            }
        }

        string name = string.Create(CultureInfo.InvariantCulture, $"release-{_archives.Count + 1}.tar.gz");
        using StagedRelease staged = new(parts.Model, parts.App, parts.Configuration);
        using (FileStream file = File.Create(Path.Combine(Files, name)))
        using (GZipStream zipped = new(file, CompressionLevel.Optimal))
        {
            TarFile.CreateFromDirectory(staged.Path, zipped, includeBaseDirectory: false);
        }

        return _archives[key] = new Archive(name, staged.Id, SpareKibibytes + (staged.Bytes / Kibibyte));
    }

    private string Beside(string name)
    {
        return Path.Combine(Path.GetDirectoryName(_playbook)!, name);
    }

    /// <summary>Ansible reads ports and ranges out of names.</summary>
    private static string Alias(string name)
    {
        return string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '@' ? c : '-'));
    }

    /// <summary>Text that Ansible takes as it is.</summary>
    private static string Literal(InventoryHost host, string text)
    {
        return text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal) || text.Contains("{#", StringComparison.Ordinal)
            ? throw new InvalidDataException($"{host.Name}: '{text}' cannot stand in a playbook, where {{{{, {{% and {{# mean something else. Put the command into a script on the device.")
            : text;
    }

    private static string Quoted(string word)
    {
        return "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
    }

    private sealed record Archive(string Name, string Release, long Kibibytes);
}
