using System.Net.Sockets;
using System.Text;
using EdgeQuant.Boards.Simulator;
using EdgeQuant.Firmware.Systemd;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Firmware.Tests.Systemd;

/// <summary>What systemd is told, by a socket that stands for it.</summary>
public sealed class SystemdNotifierTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly VirtualTime _time = new();

    public void Dispose()
    {
        _folder.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void States_are_told_as_the_specification_says(bool isAbstract)
    {
        string name = isAbstract ? $"@edgequant-{Guid.NewGuid():N}" : _folder.File("notify");
        using Socket systemd = Listen(name);
        using SystemdNotifier notifier = new(name, TimeSpan.Zero, _time);
        Assert.True(notifier.IsActive);
        notifier.Ready("first\nsecond");
        notifier.Status("third");
        notifier.Stopping();
        Assert.Equal(["READY=1\nSTATUS=first second", "STATUS=third", "STOPPING=1"], Received(systemd));
    }

    [Fact]
    public void Signs_of_life_come_twice_in_the_watchdogs_interval_however_often_they_are_given()
    {
        using Socket systemd = Listen(_folder.File("notify"));
        using SystemdNotifier notifier = new(_folder.File("notify"), TimeSpan.FromSeconds(10), _time);
        for (int i = 0; i < 200; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(0.1));
            notifier.Alive();
        }

        Assert.Equal(Enumerable.Repeat("WATCHDOG=1", 4), Received(systemd));
    }

    [Fact]
    public void Without_a_watchdog_no_signs_of_life_are_sent()
    {
        using Socket systemd = Listen(_folder.File("notify"));
        using SystemdNotifier notifier = new(_folder.File("notify"), TimeSpan.Zero, _time);
        _time.Advance(TimeSpan.FromHours(1));
        notifier.Alive();
        Assert.Empty(Received(systemd));
    }

    [Fact]
    public void Where_nobody_listens_nothing_is_told_and_nothing_fails()
    {
        using SystemdNotifier none = new(null, TimeSpan.FromSeconds(1), _time);
        using SystemdNotifier gone = new(_folder.File("nobody"), TimeSpan.FromSeconds(1), _time);
        Assert.False(none.IsActive);
        Assert.False(gone.IsActive);
        gone.Ready("ready");

        Socket systemd = Listen(_folder.File("notify"));
        using SystemdNotifier left = new(_folder.File("notify"), TimeSpan.FromSeconds(1), _time);
        systemd.Dispose();
        left.Status("still there");
        Assert.True(left.IsActive);
    }

    [Fact]
    public void A_sign_of_life_allocates_nothing()
    {
        using Socket systemd = Listen(_folder.File("notify"));
        using SystemdNotifier notifier = new(_folder.File("notify"), TimeSpan.FromTicks(2), _time);
        Send();
        Assert.Equal(0, Allocations.Of(Send));

        void Send()
        {
            Span<byte> message = stackalloc byte[100];
            for (int i = 0; i < 5; i++)
            {
                _time.Advance(TimeSpan.FromTicks(1));
                notifier.Alive();
                systemd.Receive(message);
            }
        }
    }

    private static Socket Listen(string name)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(name[0] == '@' ? "\0" + name[1..] : name));
        return socket;
    }

    private static List<string> Received(Socket systemd)
    {
        List<string> messages = [];
        byte[] message = new byte[1000];
        while (systemd.Available > 0)
        {
            messages.Add(Encoding.UTF8.GetString(message, 0, systemd.Receive(message)));
        }

        return messages;
    }
}
