using System.Globalization;
using EdgeQuant.Tool.Tests;

namespace EdgeQuant.Deploy.Tests;

/// <summary>
/// An <see cref="SshServer"/> on whose device programs stand in for those of systemd: they record how they are called, start what a unit says and keep what it prints. The user there is
/// pi, who is not root.
/// </summary>
internal sealed class SystemdServer : IDisposable
{
    private const string Systemctl = """
        #!/bin/sh
        echo "systemctl $*" >>ROOT/calls
        units=ROOT/etc
        if [ "$1" = --user ]; then
          shift
          [ -e ROOT/users-systemd ] || { echo "Failed to connect to bus" >&2; exit 1; }
          units=$HOME/.config/systemd/user
        fi
        unit=$units/$2.service
        case $1 in
          show-environment | daemon-reload) ;;
          cat) exec cat "$unit" ;;
          enable) [ -f "$unit" ] ;;
          stop | restart)
            [ ! -f ROOT/pid ] || kill "$(cat ROOT/pid)" 2>/dev/null
            rm -f ROOT/pid
            [ "$1" = restart ] || exit 0
            : >ROOT/journal
            nohup sh -c "exec $(sed -n 's/^ExecStart=//p' "$unit")" >>ROOT/journal 2>&1 </dev/null &
            echo $! >ROOT/pid ;;
          *) exit 1 ;;
        esac
        """;

    private const string Journalctl = """
        #!/bin/sh
        echo "journalctl $*" >>ROOT/calls
        exec cat ROOT/journal
        """;

    /// <summary>Refuses where the test says so.</summary>
    private const string Loginctl = """
        #!/bin/sh
        echo "loginctl $*" >>ROOT/calls
        [ ! -e ROOT/no-linger ]
        """;

    private const string Sudo = """
        #!/bin/sh
        echo "sudo $*" >>ROOT/calls
        [ "$1" = -n ] && [ -e ROOT/sudoer ] || { echo "sudo: a password is required" >&2; exit 1; }
        shift
        for word; do
          shift
          case $word in /etc/systemd/system/*) word=ROOT/etc/${word##*/} ;; esac
          set -- "$@" "$word"
        done
        exec "$@"
        """;

    private const string Id = """
        #!/bin/sh
        case $1 in -u) echo 1000 ;; -un) echo pi ;; *) echo pi adm ;; esac
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgequant-systemd-");

    /// <summary>Makes a device.</summary>
    /// <param name="has">What it has: <c>users-systemd</c> that answers the user, <c>sudoer</c> who needs no password, <c>no-linger</c> where units end with their user.</param>
    public SystemdServer(params string[] has)
    {
        Directory.CreateDirectory(PathOf("bin"));
        Directory.CreateDirectory(PathOf("etc"));
        Directory.CreateDirectory(PathOf("home"));
        foreach ((string name, string script) in ((string, string)[])[("systemctl", Systemctl), ("journalctl", Journalctl), ("loginctl", Loginctl), ("sudo", Sudo), ("id", Id)])
        {
            File.WriteAllText(PathOf("bin", name), script.Replace("ROOT", _folder.FullName, StringComparison.Ordinal) + "\n");
            ToolProcess.Run("chmod", ["+x", PathOf("bin", name)]);
        }

        foreach (string name in has)
        {
            File.WriteAllText(PathOf(name), "");
        }

        Server = new SshServer($"SetEnv PATH={PathOf("bin")}:/usr/local/bin:/usr/bin:/bin HOME={PathOf("home")}");
    }

    public SshServer Server { get; }

    /// <summary>How the programs were called.</summary>
    public string[] Calls => File.ReadAllLines(PathOf("calls"));

    /// <summary>Where the user's unit is.</summary>
    public string UsersUnit => PathOf("home", ".config", "systemd", "user", "edgequant-device.service");

    /// <summary>Where the system's unit is.</summary>
    public string SystemsUnit => PathOf("etc", "edgequant-device.service");

    /// <summary>Takes away what the device has.</summary>
    public void Remove(string name)
    {
        File.Delete(PathOf(name));
    }

    public void Dispose()
    {
        Server.Dispose();
        if (File.Exists(PathOf("pid")) && int.TryParse(File.ReadAllText(PathOf("pid")), CultureInfo.InvariantCulture, out int id))
        {
            ToolProcess.Run("kill", [id.ToString(CultureInfo.InvariantCulture)]);
        }

        _folder.Delete(recursive: true);
    }

    private string PathOf(params string[] names)
    {
        return Path.Combine([_folder.FullName, .. names]);
    }
}
