using System.Globalization;
using EdgeQuant.Tests.Support;
using EdgeQuant.Tool.Tests;
using Xunit;

namespace EdgeQuant.Deploy.Tests;

/// <summary>A folder of releases behind an <see cref="SshServer"/>, apps to deploy to it, and a model.</summary>
internal sealed class Device : IDisposable
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Prints labels until it is ended.</summary>
    private const string GoodApp = """
        #!/bin/sh
        if [ "$*" = "--config ../config/device.json --self-test" ]; then [ -s ../model.eqm ] && echo passed; exit; fi
        while :; do echo "{\"label\":\"wave\",\"app\":\"NAME\"}"; sleep 0.2; done
        """;

    private const string Configuration = """{ "sensor": { "kind": "mpu6050", "channels": ["aX", "aY", "aZ"] }, "simulate": { "recording": "recording.csv", "repeat": true } }""";

    /// <summary>Ends what runs and starts the current release, as a systemd unit would.</summary>
    private const string Restart = """
        #!/bin/sh
        [ ! -f pid ] || kill "$(cat pid)" 2>/dev/null
        rm -f pid
        cd current/app || exit
        nohup ./edgequant-device --config ../config/device.json >>../../../labels.log 2>&1 </dev/null &
        echo $! >../../../pid
        """;

    /// <summary>The unit that is part of the published app.</summary>
    private static readonly string UnitSource = Path.Combine(Repository.Root, "firmware", "raspberry-pi", "edgequant-device.service");

    private readonly SshServer? _server;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgequant-device-");

    /// <param name="server">The server that it is reached through; null where nothing is to be reached.</param>
    /// <param name="folder">The folder of releases; null for one of its own.</param>
    public Device(SshServer? server = null, string? folder = null)
    {
        _server = server;
        Folder = folder ?? Path.Combine(_folder.FullName, "remote");
        Service = ["--restart-command", WriteProgram("restart.sh", Restart)];
    }

    /// <summary>The options that say what runs the app; empty for systemd.</summary>
    public string[] Service { get; init; }

    /// <summary>The folder of releases.</summary>
    public string Folder { get; }

    public string Model { get; } = DemoFolder.Model;

    /// <summary>The release that runs; null without one.</summary>
    public string? Current => Path.GetFileName(new FileInfo(Path.Combine(Folder, "current")).LinkTarget);

    /// <summary>The release before.</summary>
    public string? Previous => Path.GetFileName(new FileInfo(Path.Combine(Folder, "previous")).LinkTarget);

    /// <summary>All release folders, in order.</summary>
    public string[] Releases => [.. Directory.GetDirectories(Path.Combine(Folder, "releases")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    /// <summary>Makes an app that prints labels.</summary>
    public string App(string name)
    {
        return App(name, GoodApp.Replace("NAME", name, StringComparison.Ordinal));
    }

    /// <summary>Makes an app of a shell script.</summary>
    public string App(string name, string script)
    {
        WriteProgram(Path.Combine(name, "edgequant-device"), script);
        Directory.CreateDirectory(Path.Combine(_folder.FullName, name, "lib"));
        File.WriteAllText(Path.Combine(_folder.FullName, name, "lib", "a part.txt"), name);
        File.WriteAllText(Path.Combine(_folder.FullName, name, "device.json"), Configuration);
        File.WriteAllText(Path.Combine(_folder.FullName, name, "recording.csv"), "aX,aY,aZ\n0,0,1\n");
        File.Copy(UnitSource, Path.Combine(_folder.FullName, name, "edgequant-device.service"), overwrite: true);
        return Path.Combine(_folder.FullName, name);
    }

    /// <summary>Writes a program beside the apps and returns its path.</summary>
    public string WriteProgram(string name, string script)
    {
        string path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, script + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, Executable);
        }

        return path;
    }

    /// <summary>A path beside the apps.</summary>
    public string Beside(string name)
    {
        return Path.Combine(_folder.FullName, name);
    }

    /// <summary>Runs <c>deploy</c> on this device.</summary>
    public ToolRun Run(params string[] arguments)
    {
        return RunWith(_server!.Options(), arguments);
    }

    /// <summary>Runs <c>deploy</c> on this device with other options of the connection.</summary>
    public ToolRun RunWith(string[] connection, params string[] arguments)
    {
        return ToolProcess.Run(["deploy", .. arguments, "--host", SshServer.Host, "--folder", Folder, .. Service, "--watch", "4", .. connection]);
    }

    /// <summary>Deploys an app with the model.</summary>
    public ToolRun Deploy(string app, params string[] more)
    {
        return Run([Model, "--app", app, .. more]);
    }

    /// <summary>The app whose labels come now.</summary>
    public void Runs(string name)
    {
        string log = Path.Combine(Folder, "labels.log");
        long before = new FileInfo(log).Length;
        for (int tries = 0; tries < 100; tries++)
        {
            Thread.Sleep(100);
            using FileStream file = new(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            file.Position = before;
            using StreamReader reader = new(file);
            string fresh = reader.ReadToEnd();
            if (fresh.EndsWith('\n'))
            {
                Assert.Equal($$"""{"label":"wave","app":"{{name}}"}""", fresh.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]);
                return;
            }
        }

        Assert.Fail($"No labels come from '{name}'.");
    }

    public void Dispose()
    {
        string pid = Path.Combine(Folder, "pid");
        if (File.Exists(pid) && int.TryParse(File.ReadAllText(pid), CultureInfo.InvariantCulture, out int id))
        {
            ToolProcess.Run("kill", [id.ToString(CultureInfo.InvariantCulture)]);
        }

        _folder.Delete(recursive: true);
    }
}
