using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EdgeQuant.Firmware.Tests.Sinks;

/// <summary>
/// A real broker, which can be stopped and started again: at one port everybody may come in and hear all; a second one is guarded as it is told.
/// </summary>
internal sealed class Mosquitto : IDisposable
{
    public const string Absent = "mosquitto is not installed (apt-get install mosquitto)";

    private static readonly string? s_executable = new[] { "/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto" }.FirstOrDefault(File.Exists);

    private readonly TemporaryFolder _folder = new();
    private Process? _process;

    /// <param name="guard">Settings of the second port, as in mosquitto.conf.</param>
    public Mosquitto(params string[] guard)
    {
        Port = FreePort();
        GuardedPort = FreePort();
        List<string> settings = ["per_listener_settings true", Listener(Port), "allow_anonymous true", Listener(GuardedPort), .. guard];
        if (Environment.UserName == "root")
        {
            settings.Insert(0, "user root");
        }

        File.WriteAllLines(_folder.File("mosquitto.conf"), settings);
    }

    public static bool IsInstalled => s_executable is not null;

    public int Port { get; }

    public int GuardedPort { get; }

    /// <summary>Writes a password file with one account.</summary>
    public static void WriteAccount(string path, string user, string password)
    {
        using Process process = Process.Start("mosquitto_passwd", ["-b", "-c", path, user, password]);
        process.WaitForExit();
    }

    public void Start()
    {
        ProcessStartInfo start = new(s_executable!, ["-c", _folder.File("mosquitto.conf")]) { UseShellExecute = false, RedirectStandardError = true };
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        if (!SpinWait.SpinUntil(() => Answers(Port) && Answers(GuardedPort), TimeSpan.FromSeconds(20)))
        {
            throw new TimeoutException("mosquitto does not answer.");
        }
    }

    public void Stop()
    {
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
    }

    public void Dispose()
    {
        Stop();
        _folder.Dispose();
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Listener(int port)
    {
        return string.Create(CultureInfo.InvariantCulture, $"listener {port} 127.0.0.1");
    }

    private static bool Answers(int port)
    {
        try
        {
            using TcpClient client = new();
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
