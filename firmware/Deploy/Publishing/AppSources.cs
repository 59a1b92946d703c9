using System.Security.Cryptography;
using System.Text;

namespace EdgeQuant.Firmware.Deploy.Publishing;

/// <summary>The repository that has the sources of the app.</summary>
public sealed class AppSources
{
    private static readonly string s_project = Path.Combine("firmware", "raspberry-pi", "EdgeQuant.Device.csproj");
    private static readonly string[] s_folders = ["runtime", "boards", "firmware", "build", Path.Combine("converter", "Json")];
    private static readonly string[] s_files = ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json"];
    private static readonly string[] s_extensions = [".cs", ".csproj", ".props", ".targets", ".json", ".service"];
    private static readonly string[] s_built = ["bin", "obj", "artifacts"];

    /// <summary>Beside the app in one of the folders, and no part of it.</summary>
    private static readonly string[] s_others = [Path.Combine("firmware", "Deploy"), Path.Combine("firmware", "esp32")];

    private readonly Lazy<string> _hash;

    private AppSources(string root)
    {
        Root = root;
        _hash = new Lazy<string>(Hash);
    }

    /// <summary>The repository's folder.</summary>
    public string Root { get; }

    /// <summary>The app's project.</summary>
    internal string Project => Path.Combine(Root, s_project);

    /// <summary>Changes when anything changes that the app is built of: the first 16 hexadecimal digits of a SHA-256.</summary>
    internal string Version => _hash.Value;

    /// <summary>Looks for the repository in folders and above them.</summary>
    /// <returns>Null if it is nowhere there.</returns>
    public static AppSources? Find(params IEnumerable<string> folders)
    {
        foreach (string folder in folders)
        {
            for (DirectoryInfo? place = new(folder); place is not null; place = place.Parent)
            {
                if (File.Exists(Path.Combine(place.FullName, s_project)))
                {
                    return new AppSources(place.FullName);
                }
            }
        }

        return null;
    }

    private string Hash()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in Files().Order(StringComparer.Ordinal))
        {
            byte[] content = File.ReadAllBytes(Path.Combine(Root, file));
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.Replace('\\', '/')}\n{content.Length}\n"));
            hash.AppendData(content);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private IEnumerable<string> Files()
    {
        IEnumerable<string> inFolders = s_folders
            .Select(folder => Path.Combine(Root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Root, path))
            .Where(path => s_extensions.Contains(Path.GetExtension(path), StringComparer.Ordinal) && !path.Split(Path.DirectorySeparatorChar).Intersect(s_built, StringComparer.Ordinal).Any())
            .Where(path => !s_others.Any(other => path.StartsWith(other + Path.DirectorySeparatorChar, StringComparison.Ordinal)));
        return inFolders.Concat(s_files.Where(file => File.Exists(Path.Combine(Root, file))));
    }
}
