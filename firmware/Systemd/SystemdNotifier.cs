using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace EdgeQuant.Firmware.Systemd;

/// <summary>
/// Tells systemd how the service does, as <c>sd_notify(3)</c> specifies: datagrams to the socket that <c>NOTIFY_SOCKET</c> names. Without
/// that variable it does nothing. Signs of life are sent by whoever does the work, so that they end when the work stands still; a timer of
/// its own, as in Microsoft.Extensions.Hosting.Systemd, would go on.
/// </summary>
public sealed class SystemdNotifier : IDisposable
{
    private static readonly byte[] s_watchdog = "WATCHDOG=1"u8.ToArray();

    private readonly Socket? _socket;
    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private long _lastAlive;

    /// <summary>Connects to a socket.</summary>
    /// <param name="socket">Path of a Unix datagram socket, <c>@name</c> for an abstract one, or null.</param>
    /// <param name="watchdog">After how long without a sign of life the service is restarted; zero: never.</param>
    /// <param name="time">The clock.</param>
    public SystemdNotifier(string? socket, TimeSpan watchdog, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _interval = watchdog / 2;
        _lastAlive = time.GetTimestamp();
        if (string.IsNullOrEmpty(socket))
        {
            return;
        }

        _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        try
        {
            _socket.Connect(new UnixDomainSocketEndPoint(socket[0] == '@' ? "\0" + socket[1..] : socket));
        }
        catch (SocketException)
        {
            // Whoever started the program does not listen (any more): nothing can be told, and nothing depends on it.
            _socket.Dispose();
            _socket = null;
        }
    }

    /// <summary>Whether anybody listens.</summary>
    public bool IsActive => _socket is not null;

    /// <summary>As the environment of this process says.</summary>
    public static SystemdNotifier FromEnvironment()
    {
        string? pid = Environment.GetEnvironmentVariable("WATCHDOG_PID");
        bool forUs = string.IsNullOrEmpty(pid) || pid == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        bool known = long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds);
        return new SystemdNotifier(
            Environment.GetEnvironmentVariable("NOTIFY_SOCKET"),
            forUs && known ? TimeSpan.FromMicroseconds(microseconds) : TimeSpan.Zero,
            TimeProvider.System);
    }

    /// <summary>The service is up.</summary>
    /// <param name="status">One line for <c>systemctl status</c>.</param>
    public void Ready(string status)
    {
        Send(Encoding.UTF8.GetBytes($"READY=1\nSTATUS={OneLine(status)}"));
    }

    /// <summary>Says what the service is doing.</summary>
    /// <param name="status">One line for <c>systemctl status</c>.</param>
    public void Status(string status)
    {
        Send(Encoding.UTF8.GetBytes($"STATUS={OneLine(status)}"));
    }

    /// <summary>The service is ending.</summary>
    public void Stopping()
    {
        Send("STOPPING=1"u8);
    }

    /// <summary>The service works. May be called as often as one likes: systemd is told twice in its interval. Allocates nothing.</summary>
    public void Alive()
    {
        if (_interval > TimeSpan.Zero && _time.GetElapsedTime(_lastAlive) >= _interval)
        {
            _lastAlive = _time.GetTimestamp();
            Send(s_watchdog);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket?.Dispose();
    }

    private static string OneLine(string text)
    {
        return text.ReplaceLineEndings(" ");
    }

    private void Send(ReadOnlySpan<byte> message)
    {
        try
        {
            _socket?.Send(message);
        }
        catch (SocketException)
        {
            // systemd was restarted, say; the next message may arrive.
        }
    }
}
