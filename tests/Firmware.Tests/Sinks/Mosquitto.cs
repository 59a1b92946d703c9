using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EdgeQuant.Firmware.Tests.Sinks;

/// <summary>A real broker on a port of its own, which can be stopped and started again.</summary>
internal sealed class Mosquitto : IDisposable
{
    public const string Absent = "mosquitto is not installed (apt-get install mosquitto)";

    private static readonly string? s_executable = new[] { "/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto" }.FirstOrDefault(File.Exists);

    private readonly TemporaryFolder _folder = new();
    private Process? _process;

    /// <param name="accounts">A password file, as mosquitto_passwd makes them, or null: everybody may log in.</param>
    public Mosquitto(string? accounts = null)
    {
        using (TcpListener listener = new(IPAddress.Loopback, 0))
        {
            listener.Start();
            Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        List<string> settings = [string.Create(CultureInfo.InvariantCulture, $"listener {Port} 127.0.0.1"), $"allow_anonymous {(accounts is null ? "true" : "false")}"];
        if (accounts is not null)
        {
            File.WriteAllText(_folder.File("accounts"), accounts);
            settings.Add($"password_file {_folder.File("accounts")}");
        }

        if (Environment.UserName == "root")
        {
            settings.Add("user root");
        }

        File.WriteAllLines(_folder.File("mosquitto.conf"), settings);
    }

    public static bool IsInstalled => s_executable is not null;

    public int Port { get; }

    public void Start()
    {
        ProcessStartInfo start = new(s_executable!, ["-c", _folder.File("mosquitto.conf")]) { UseShellExecute = false, RedirectStandardError = true };
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        if (!SpinWait.SpinUntil(Answers, TimeSpan.FromSeconds(20)))
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

    private bool Answers()
    {
        try
        {
            using TcpClient client = new();
            client.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
