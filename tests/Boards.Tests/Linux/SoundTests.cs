using System.IO.Pipes;
using EdgeQuant.Boards.Linux;
using Xunit;

namespace EdgeQuant.Boards.Tests.Linux;

/// <summary>Samples from a stream, and from a program that records.</summary>
public sealed class SoundTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    [Fact]
    public void Samples_come_whole_and_in_order_however_the_stream_is_cut()
    {
        using AnonymousPipeServerStream pipe = new(PipeDirection.Out);
        using PcmFeed feed = new(new AnonymousPipeClientStream(PipeDirection.In, pipe.ClientSafePipeHandle), 2, 1000, () => new SensorException(SensorFault.Ended, "over", "help"));
        Random random = new(3);
        byte[] bytes = [.. Enumerable.Range(0, 400).SelectMany(i => BitConverter.GetBytes((short)(i - 200)))];
        List<short> read = [];
        short[] buffer = new short[7];
        for (int at = 0; at < bytes.Length;)
        {
            int piece = Math.Min(random.Next(1, 30), bytes.Length - at);
            pipe.Write(bytes, at, piece);
            at += piece;
            while (read.Count < at / 4 * 2)
            {
                int count = feed.Read(buffer, s_patience);
                Assert.InRange(count, 1, 3);
                read.AddRange(buffer.AsSpan(0, count * 2));
            }
        }

        Assert.Equal(Enumerable.Range(0, 400).Select(i => (short)(i - 200)), read);
        Assert.Equal(0, feed.Read(buffer, TimeSpan.FromMilliseconds(10)));
        Assert.Equal(0, feed.Lost);
        pipe.Dispose();
        SensorException ended = Assert.Throws<SensorException>(() => Drain(feed, buffer));
        Assert.Equal("over", ended.Message);
    }

    [Fact]
    public void What_nobody_fetches_is_lost_and_counted()
    {
        using MemoryStream stream = new(new byte[2 * 1500]);
        using PcmFeed feed = new(stream, 1, 1000, () => new SensorException(SensorFault.Ended, "over", "help"));
        Assert.True(SpinWait.SpinUntil(() => feed.Lost == 500, s_patience));
        short[] buffer = new short[2000];
        Assert.Equal(1000, feed.Read(buffer, s_patience));
        Assert.Throws<SensorException>(() => Drain(feed, buffer));
    }

    [Fact]
    public void A_program_that_is_not_installed_is_named()
    {
        SensorException exception = Assert.Throws<SensorException>(() => AlsaFeed.Start(new MicrophoneSettings("default", 16000, 1), "no-such-recorder"));
        Assert.Equal(SensorFault.BusMissing, exception.Fault);
        Assert.Contains("alsa-utils", exception.Help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo 'audio open error: No such file or directory' >&2; exit 1", SensorFault.NotFound)]
    [InlineData("echo 'audio open error: Permission denied' >&2; exit 1", SensorFault.PermissionDenied)]
    [InlineData("echo 'audio open error: Device or resource busy' >&2; exit 1", SensorFault.Ended)]
    public void A_recorder_that_fails_says_why(string script, SensorFault fault)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell script");
        using Recorder recorder = new(script);
        SensorException exception = Assert.Throws<SensorException>(() => AlsaFeed.Start(new MicrophoneSettings("hw:9", 16000, 1), recorder.Path));
        Assert.Equal(fault, exception.Fault);
        Assert.Contains("hw:9", exception.Message, StringComparison.Ordinal);
        Assert.Contains("audio open error", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recorder_is_told_what_to_record_and_ended_when_it_is_not_needed_any_more()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell script");
        using Recorder recorder = new("printf '%s ' \"$@\"; exec sleep 60");
        using (AlsaFeed feed = AlsaFeed.Start(new MicrophoneSettings("hw:1", 16000, 1), recorder.Path))
        {
            short[] buffer = new short[100];
            int count = feed.Read(buffer, s_patience);
            string said = string.Concat(buffer.Take(count).Select(number => $"{(char)(number & 0xFF)}{(char)(number >> 8)}"));
            Assert.StartsWith("-q -t raw -f S16_LE -D hw:1 -r 16000 -c 1", said, StringComparison.Ordinal);
        }
    }

    private static void Drain(PcmFeed feed, short[] buffer)
    {
        for (int i = 0; i < 1000; i++)
        {
            feed.Read(buffer, TimeSpan.FromMilliseconds(10));
        }
    }

    /// <summary>A shell script that takes arecord's place.</summary>
    private sealed class Recorder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgequant-tests-");

        public Recorder(string script)
        {
            Path = System.IO.Path.Combine(_folder.FullName, "recorder");
            File.WriteAllText(Path, $"#!/bin/sh\n{script}\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        public string Path { get; }

        public void Dispose()
        {
            _folder.Delete(recursive: true);
        }
    }
}
