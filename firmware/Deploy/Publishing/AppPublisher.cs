using System.ComponentModel;

namespace EdgeQuant.Firmware.Deploy.Publishing;

/// <summary>
/// Publishes the app for devices with <c>dotnet publish</c>, below <c>artifacts/device-apps</c> of the repository. What was published from the same sources for the same target is
/// not published again. Several processes may publish at once: one does, the others wait for it.
/// </summary>
/// <param name="sources">The repository.</param>
/// <param name="onStart">Told what is published when that takes a while.</param>
public sealed class AppPublisher(AppSources sources, Action<string> onStart)
{
    /// <summary>The file in a published app that names its target and its sources.</summary>
    internal const string KeyFile = "published";

    private const int AppsToKeep = 2;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(30);

    /// <summary>Differs where another target or other sources give another app.</summary>
    internal string KeyOf(AppTarget target)
    {
        return $"{target.Rid}{(target.IsSelfContained ? "" : "-framework-dependent")}-{sources.Version}";
    }

    /// <summary>Publishes.</summary>
    /// <param name="target">For what.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="PublishException">It failed; the message says what to do.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal PublishedApp Publish(AppTarget target, CancellationToken cancellation)
    {
        string key = KeyOf(target);
        string apps = Path.Combine(sources.Root, "artifacts", "device-apps");
        string folder = Path.Combine(apps, key);
        Directory.CreateDirectory(apps);
        using FileStream only = Lock(Path.Combine(apps, "lock"), cancellation);
        if (Directory.Exists(folder))
        {
            Directory.SetLastWriteTimeUtc(folder, DateTime.UtcNow);
            return new PublishedApp(folder, target, WasThere: true);
        }

        onStart($"Publishing edgequant-device for {target.Description}");
        string unfinished = Path.Combine(apps, "unfinished");
        Remove(unfinished);
        Publish(target, unfinished, cancellation);
        File.WriteAllText(Path.Combine(unfinished, KeyFile), key + "\n");
        Directory.Move(unfinished, folder);
        foreach (DirectoryInfo old in new DirectoryInfo(apps).GetDirectories(key[..^sources.Version.Length] + "*").Where(IsSameTarget).OrderByDescending(app => app.LastWriteTimeUtc).Skip(AppsToKeep))
        {
            Remove(old.FullName);
        }

        return new PublishedApp(folder, target, WasThere: false);

        bool IsSameTarget(DirectoryInfo app) => app.Name.Length == key.Length;
    }

    private static FileStream Lock(string path, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                // Another one publishes.
                cancellation.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(200));
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void Publish(AppTarget target, string folder, CancellationToken cancellation)
    {
        string[] arguments =
        [
            "publish", sources.Project, "-c", "Release", "-r", target.Rid, target.IsSelfContained ? "--self-contained" : "--no-self-contained", "-o", folder,
            "-nologo", "-v", "quiet", "-nodeReuse:false", "-p:PublishDocumentationFiles=false", "-p:PublishReferencesDocumentationFiles=false",
        ];
        try
        {
            ProgramRun run = ProgramRun.Of("dotnet", arguments, "", _ => { }, s_limit, cancellation, sources.Root);
            if (run.ExitCode != 0)
            {
                throw Failed(target, [.. run.Output, .. run.Error.Split('\n')]);
            }
        }
        catch (Win32Exception exception)
        {
            throw new PublishException($"The app cannot be published: 'dotnet' does not start: {exception.Message}. Install the .NET SDK (https://dot.net), or give the folder of an app that was published elsewhere with --app.", exception);
        }
        catch (TimeoutException exception)
        {
            throw new PublishException($"Publishing the app did not end within {s_limit.TotalMinutes} minutes.", exception);
        }
    }

    private PublishException Failed(AppTarget target, IReadOnlyList<string> output)
    {
        const int MostErrors = 3;
        string[] errors = [.. output.Where(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)).Select(Message).Distinct(StringComparer.Ordinal)];
        string byHand = $"dotnet publish {sources.Project} -c Release -r {target.Rid} {(target.IsSelfContained ? "--self-contained" : "--no-self-contained")} -o DIR";
        string help = errors.Any(error => error.Contains("NU1", StringComparison.Ordinal))
            ? $"The .NET packages for {target.Rid} do not restore here: look whether the package server can be reached (nuget.org, or that of your NuGet.config) and has them. Or publish on a machine where they restore ('{byHand}') and give the folder with --app DIR."
            : $"See all that it says: {byHand}";
        return new PublishException($"The app cannot be published for {target.Rid}: {string.Join(" ", errors.DefaultIfEmpty("dotnet publish failed.").Take(MostErrors))} {help}");
    }

    /// <summary>What an error says, without the file and the project that it is about.</summary>
    private static string Message(string line)
    {
        int start = line.IndexOf("error ", StringComparison.OrdinalIgnoreCase);
        int project = line.LastIndexOf(" [", StringComparison.Ordinal);
        return (project > start && start >= 0 ? line[start..project] : line[Math.Max(start, 0)..]).Trim();
    }
}
