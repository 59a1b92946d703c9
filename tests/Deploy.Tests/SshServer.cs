using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace EdgeQuant.Deploy.Tests;

/// <summary>A real sshd on 127.0.0.1, on a free port, with keys, configuration and known hosts of its own in a temporary folder.</summary>
public sealed class SshServer : IDisposable
{
    private const string Program = "/usr/sbin/sshd";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgequant-sshd-");
    private readonly Process? _process;

    public SshServer()
        : this("")
    {
    }

    /// <summary>Starts it.</summary>
    /// <param name="configuration">Lines of its configuration, beside the usual ones.</param>
    internal SshServer(string configuration)
    {
        if (!IsInstalled)
        {
            return;
        }

        Port = FreePort();
        MakeKey("host");
        MakeKey("user");
        MakeKey("stranger");
        File.Copy(PathOf("user.pub"), PathOf("authorized"));
        File.WriteAllText(PathOf("known"), KnownHost("host.pub"));
        File.WriteAllText(PathOf("config"), $"""
            ListenAddress 127.0.0.1
            Port {Port}
            HostKey {PathOf("host")}
            PidFile none
            AuthorizedKeysFile {PathOf("authorized")}
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin yes
            MaxStartups 100
            Subsystem sftp internal-sftp
            {configuration}

            """);
        // Where sshd leaves its rights; a system that starts it has the folder.
        Directory.CreateDirectory("/run/sshd");
        _process = Process.Start(new ProcessStartInfo(Program, ["-D", "-e", "-f", PathOf("config")]) { UseShellExecute = false, RedirectStandardError = true });
        _process!.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        WaitForPort();
    }

    /// <summary>Whether these tests can run: an sshd, and the right to start it.</summary>
    public static bool IsInstalled => File.Exists(Program) && Environment.IsPrivilegedProcess;

    public int Port { get; }

    /// <summary>The user's name on the host.</summary>
    public static string Host => $"{Environment.UserName}@127.0.0.1";

    public static void SkipWithoutSshd()
    {
        Assert.SkipUnless(IsInstalled, "There is no /usr/sbin/sshd, or this user must not start it. Install openssh-server and run as root.");
    }

    /// <summary>The options that reach this server with its user's key and know it.</summary>
    public string[] Options(string key = "user", string known = "known")
    {
        return
        [
            "--port", Port.ToString(CultureInfo.InvariantCulture),
            "--ssh-option", "IdentityFile=" + PathOf(key), "--ssh-option", "IdentitiesOnly=yes", "--ssh-option", "IdentityAgent=none",
            "--ssh-option", "UserKnownHostsFile=" + PathOf(known), "--ssh-option", "GlobalKnownHostsFile=/dev/null", "--ssh-option", "StrictHostKeyChecking=yes",
        ];
    }

    /// <summary>A list of known hosts in which this server has another's key.</summary>
    public string OtherKnownHosts()
    {
        File.WriteAllText(PathOf("known-other"), KnownHost("stranger.pub"));
        return "known-other";
    }

    /// <summary>Ends the server.</summary>
    public void Stop()
    {
        _process?.Kill(entireProcessTree: true);
        _process?.WaitForExit();
    }

    public void Dispose()
    {
        Stop();
        _process?.Dispose();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string KnownHost(string key)
    {
        return $"[127.0.0.1]:{Port} {File.ReadAllText(PathOf(key))}";
    }

    private string PathOf(string name)
    {
        return Path.Combine(_folder.FullName, name);
    }

    private void MakeKey(string name)
    {
        using Process process = Process.Start("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", PathOf(name)]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private void WaitForPort()
    {
        for (int tries = 0; tries < 100; tries++)
        {
            try
            {
                using TcpClient client = new("127.0.0.1", Port);
                return;
            }
            catch (SocketException)
            {
                Thread.Sleep(100);
            }
        }

        throw new TimeoutException("sshd did not open its port within 10 s.");
    }
}
