using System.Globalization;
using System.Security.Cryptography;
using EdgeQuant.Firmware.Deploy.Configuration;

namespace EdgeQuant.Firmware.Deploy;

/// <summary>A release as it will lie on the device, in a temporary folder: <c>ID/app/</c>, <c>ID/config/</c>, <c>ID/model.eqm</c>, <c>ID/manifest</c>.</summary>
internal sealed class StagedRelease : IDisposable
{
    private const int HashDigits = 8;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgequant-release-");

    /// <summary>Copies app, configuration and model.</summary>
    /// <param name="model">The bytes of the model file.</param>
    /// <param name="app">The folder of the published app; null if the device keeps the one that it has.</param>
    /// <param name="configuration">The configuration; null if the device keeps the one that it has.</param>
    public StagedRelease(byte[] model, string? app, ReleaseConfiguration? configuration)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(model));
        // Sorts by time; of two in the same second only one gets the lock.
        Id = DateTime.UtcNow.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture) + "-" + hash[..HashDigits];
        Path = System.IO.Path.Combine(_folder.FullName, Id);
        Directory.CreateDirectory(Path);
        File.WriteAllBytes(System.IO.Path.Combine(Path, "model.eqm"), model);
        List<string> manifest = [Line("model.eqm", hash)];
        Bytes = model.Length;
        if (app is not null)
        {
            foreach (string source in Directory.EnumerateFiles(app, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                manifest.Add(Add(source, System.IO.Path.GetRelativePath(app, source).Replace('\\', '/')));
            }
        }

        foreach (ReleaseFile file in configuration?.Files ?? [])
        {
            string target = NewFile("config", file.Name);
            File.WriteAllBytes(target, file.Content);
            if (file.Mode is UnixFileMode mode && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(target, mode);
            }

            manifest.Add(Line("config/" + file.Name, Convert.ToHexStringLower(SHA256.HashData(file.Content))));
            Bytes += file.Content.Length;
        }

        File.WriteAllText(System.IO.Path.Combine(Path, "manifest"), string.Concat(manifest));
    }

    /// <summary>The release's name: when it was made, and the beginning of the model's SHA-256.</summary>
    public string Id { get; }

    /// <summary>Its folder.</summary>
    public string Path { get; }

    /// <summary>Bytes of app, configuration and model.</summary>
    public long Bytes { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _folder.Delete(recursive: true);
    }

    private string Add(string source, string name)
    {
        string target = NewFile("app", name);
        File.Copy(source, target);
        Bytes += new FileInfo(target).Length;
        using FileStream file = File.OpenRead(target);
        return Line("app/" + name, Convert.ToHexStringLower(SHA256.HashData(file)));
    }

    private string NewFile(string part, string name)
    {
        if (name.AsSpan().IndexOfAny('\n', '\r', '\\') >= 0)
        {
            throw new InvalidDataException($"There is a file '{name}', whose name cannot stand in a list of checksums. Give it another name.");
        }

        string target = System.IO.Path.Combine(Path, part, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
        return target;
    }

    private static string Line(string name, string hash)
    {
        return $"{hash}  {name}\n";
    }
}
