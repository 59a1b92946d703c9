using System.Buffers;
using System.Text;
using EdgeQuant.Firmware.Live;
using Xunit;

namespace EdgeQuant.Firmware.Tests.Live;

/// <summary>What is kept of messages, and who reads them.</summary>
public sealed class MessageHistoryTests
{
    [Theory]
    [InlineData(64)]
    [InlineData(1000)]
    [InlineData(100_000)]
    public void The_last_messages_that_fit_are_there_whole_and_in_order(int capacity)
    {
        Random random = new(capacity);
        MessageHistory history = new(capacity);
        List<string> added = [];
        for (int round = 0; round < 300; round++)
        {
            string message = new((char)('a' + (round % 26)), random.Next(0, 60));
            history.Add(Encoding.ASCII.GetBytes(message));
            added.Add(message);
            int bytes = 0;
            List<string> kept = [.. Enumerable.Reverse(added).TakeWhile(text => (bytes += text.Length + 4) <= capacity).Reverse()];
            Assert.Equal(kept, ReadAll(history, 0, out bool missed));
            Assert.Equal(kept.Count < added.Count, missed);
        }
    }

    [Fact]
    public void A_reader_goes_on_where_it_was_and_knows_what_it_missed()
    {
        MessageHistory history = new(40);
        history.Add("one"u8);
        ArrayBufferWriter<byte> writer = new();
        long next = history.CopyNext(0, writer, out bool missed);
        Assert.False(missed);
        Assert.Equal(next, history.CopyNext(next, writer, out missed));
        Assert.False(missed);
        history.Add("two"u8);
        Assert.Equal(["two"], ReadAll(history, next, out missed));
        Assert.False(missed);
        history.Add(new byte[36]);
        Assert.Equal(36, ReadAll(history, next, out missed).Single().Length);
        Assert.True(missed);
    }

    [Fact]
    public void Only_starts_of_messages_that_are_there_are_starts()
    {
        MessageHistory history = new(32);
        history.Add("123456"u8);
        history.Add("1234"u8);
        Assert.Equal([0, 10, 18], Enumerable.Range(-3, 40).Where(position => history.IsStart(position)));
        history.Add("12345678901234567890"u8);
        Assert.Equal([10, 18, 42], Enumerable.Range(-3, 60).Where(position => history.IsStart(position)));
        Assert.False(history.IsStart(long.MaxValue));
        Assert.False(history.IsStart(long.MinValue));
    }

    [Fact]
    public void A_message_that_never_fits_is_refused()
    {
        MessageHistory history = new(32);
        Assert.Throws<ArgumentException>(() => history.Add(new byte[29]));
        history.Add(new byte[28]);
        Assert.Equal(28, ReadAll(history, 0, out _).Single().Length);
    }

    [Fact]
    public async Task Readers_see_whole_messages_while_one_writes()
    {
        MessageHistory history = new(5000);
        using CancellationTokenSource done = new();
        using CountdownEvent reading = new(3);
        Task[] readers = [.. Enumerable.Range(0, reading.InitialCount).Select(_ => Task.Run(() => Read(history, reading, done.Token), TestContext.Current.CancellationToken))];
        Random random = new(7);
        for (int i = 0; i < 50_000 || !reading.IsSet; i++)
        {
            byte[] message = new byte[random.Next(1, 200)];
            Array.Fill(message, (byte)message.Length);
            history.Add(message);
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);
    }

    /// <summary>Reads messages, each of them one byte again and again, as many times as the byte says.</summary>
    private static void Read(MessageHistory history, CountdownEvent reading, CancellationToken done)
    {
        ArrayBufferWriter<byte> writer = new();
        for (long position = 0; !done.IsCancellationRequested;)
        {
            writer.ResetWrittenCount();
            long next = history.CopyNext(position, writer, out bool _);
            foreach (byte value in writer.WrittenSpan)
            {
                Assert.Equal(writer.WrittenCount, value);
            }

            if (position == 0 && next > 0)
            {
                reading.Signal();
            }

            position = next;
        }
    }

    private static List<string> ReadAll(MessageHistory history, long position, out bool missed)
    {
        List<string> messages = [];
        missed = false;
        while (true)
        {
            ArrayBufferWriter<byte> writer = new();
            long next = history.CopyNext(position, writer, out bool gone);
            missed |= gone;
            if (next == position)
            {
                return messages;
            }

            messages.Add(Encoding.ASCII.GetString(writer.WrittenSpan));
            position = next;
        }
    }
}
