using System.ComponentModel;
using System.Globalization;

namespace EdgeQuant.Firmware.Deploy;

/// <summary>
/// Runs steps of <c>Remote/device.sh</c> on a device and copies files to it. Each call is a connection of its own, made by <c>ssh</c> or <c>scp</c>; none asks for a password or
/// waits for a device that does not answer.
/// </summary>
internal sealed class DeviceConnection(ConnectionOptions options, CancellationToken cancellation)
{
    private const int SshFailed = 255;

    private static readonly TimeSpan CopyLimit = TimeSpan.FromHours(2);
    private static readonly string Script = Resource.Text("device.sh");

    public string Host => options.Host;

    /// <summary>Runs a step.</summary>
    /// <param name="step">Its name in the script.</param>
    /// <param name="words">What it is told: <c>name=value</c>.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="onLine">Told each line as it comes.</param>
    /// <returns>The lines that it printed.</returns>
    /// <exception cref="DeployException">It failed, or the device was not reached.</exception>
    public IReadOnlyList<string> Run(string step, IEnumerable<string> words, TimeSpan limit, Action<string> onLine)
    {
        string command = $"sh -s -- {step} {string.Join(' ', words.Select(Quoted))}";
        ProgramRun run = Start(step, options.Ssh, ["-T", .. Options(), "--", options.Host, command], Script, limit, onLine);
        return run.ExitCode == 0 ? run.Output : throw Failed(step, run, isScript: run.ExitCode != SshFailed);
    }

    /// <summary>Copies a folder with all that is in it into a folder of the device.</summary>
    /// <exception cref="DeployException">It failed, or the device was not reached.</exception>
    public void Copy(string step, string folder, string into)
    {
        string host = options.Host.Contains(':', StringComparison.Ordinal) ? Bracketed(options.Host) : options.Host;
        ProgramRun run = Start(step, options.Scp, ["-q", "-r", "-p", .. Options(), "--", folder, $"{host}:{into}/"], "", CopyLimit, _ => { });
        if (run.ExitCode != 0)
        {
            throw Failed(step, run, isScript: false);
        }
    }

    private ProgramRun Start(string step, string program, IEnumerable<string> arguments, string input, TimeSpan limit, Action<string> onLine)
    {
        try
        {
            return ProgramRun.Of(program, arguments, input, onLine, limit, cancellation);
        }
        catch (Win32Exception exception)
        {
            throw new DeployException(DeployFailure.Unsuitable, Host, step, $"The program '{program}' cannot be started: {exception.Message}.", "Install OpenSSH's client, or name the program with --ssh and --scp.");
        }
        catch (TimeoutException exception)
        {
            throw new DeployException(DeployFailure.Connection, Host, step, exception.Message, "The device may be overloaded, or the connection hangs; try again.");
        }
    }

    /// <summary>The user's options first: of several values ssh takes the first.</summary>
    private IEnumerable<string> Options()
    {
        IEnumerable<string> own =
        [
            .. options.Port is int port ? [string.Create(CultureInfo.InvariantCulture, $"Port={port}")] : Array.Empty<string>(),
            "BatchMode=yes",
            string.Create(CultureInfo.InvariantCulture, $"ConnectTimeout={options.ConnectSeconds}"),
            "ServerAliveInterval=5",
            "ServerAliveCountMax=3",
        ];
        return options.Options.Concat(own).SelectMany(option => new[] { "-o", option });
    }

    private DeployException Failed(string step, ProgramRun run, bool isScript)
    {
        string said = SshComplaint.Text(run.Error);
        if (isScript)
        {
            return OfStep(step, run.ExitCode, said);
        }

        (DeployFailure failure, string help) = SshComplaint.Of(run.Error) ?? (DeployFailure.Connection, SshComplaint.CutHelp);
        return new DeployException(failure, Host, step, $"ssh said: {said}", help.Replace("HOST", Host, StringComparison.Ordinal));
    }

    /// <summary>The exit codes of the script.</summary>
    private DeployException OfStep(string step, int code, string said)
    {
        (DeployFailure failure, string help) = code switch
        {
            4 => (DeployFailure.Busy, "Wait until it is done. A deployment that died on another machine is forgotten after an hour."),
            10 => (DeployFailure.SelfTest, "The old release goes on running."),
            11 => (DeployFailure.NoLabels, "No labels came from the new release, and the one before was put back. See 'deploy --logs'."),
            28 => (DeployFailure.Space, SshComplaint.SpaceHelp),
            _ => SshComplaint.Of(said) ?? (DeployFailure.Device, ""),
        };
        return new DeployException(failure, Host, step, $"The device said: {said}", help);
    }

    /// <summary>An address with colons, as scp takes it: user@[fe80::1].</summary>
    private static string Bracketed(string host)
    {
        int at = host.LastIndexOf('@') + 1;
        return $"{host[..at]}[{host[at..]}]";
    }

    /// <summary>A word for the shell that sshd starts.</summary>
    private static string Quoted(string word)
    {
        return "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
    }
}
