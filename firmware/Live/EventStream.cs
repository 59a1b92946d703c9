using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace EdgeQuant.Firmware.Live;

/// <summary>
/// Messages for one page, as server-sent events (WHATWG HTML, "Server-sent events"): the first one, those that are still kept, then new ones as they
/// come, and the last. Who was disconnected goes on where it was. However slow the reader is, no more than <see cref="MostAtOnce"/> wait for it.
/// </summary>
internal sealed class EventStream
{
    /// <summary>Bytes that are written in one go.</summary>
    private const int MostAtOnce = 64 * 1024;

    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longestSilence = TimeSpan.FromSeconds(15);

    private readonly LiveSimulation _simulation;
    private readonly PipeWriter _writer;
    private readonly ArrayBufferWriter<byte> _message = new(MostAtOnce);

    /// <summary>Where the next message starts; null: the first one of all was not written yet.</summary>
    private long? _position;

    private EventStream(LiveSimulation simulation, PipeWriter writer, string lastEvent)
    {
        _simulation = simulation;
        _writer = writer;
        _position = Position(lastEvent);
    }

    /// <summary>Answers a request with all events.</summary>
    /// <param name="context">The request.</param>
    /// <param name="simulation">What it is about.</param>
    /// <param name="stop">The server stops.</param>
    public static async Task Write(HttpContext context, LiveSimulation simulation, CancellationToken stop)
    {
        using CancellationTokenSource gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stop);
        context.Response.ContentType = "text/event-stream";
        try
        {
            await context.Response.StartAsync(gone.Token).ConfigureAwait(false);
            await new EventStream(simulation, context.Response.BodyWriter, context.Request.Headers["Last-Event-ID"].ToString()).Write(gone.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The page was closed, or the program ends.
        }
    }

    private async Task Write(CancellationToken gone)
    {
        TimeSpan silence = TimeSpan.Zero;
        bool isLast = false;
        while (!isLast)
        {
            // Asked before: when the end is there, all messages are.
            bool isOver = _simulation.IsOver;
            bool wrote = WriteStart() | WriteNews();
            isLast = isOver && !wrote;
            silence = wrote ? TimeSpan.Zero : silence + s_interval;
            if (silence >= s_longestSilence)
            {
                // A comment, by which both sides see whether the other is still there.
                _writer.Write(":\n\n"u8);
                silence = TimeSpan.Zero;
            }

            FlushResult flushed = await _writer.FlushAsync(gone).ConfigureAwait(false);
            isLast |= flushed.IsCompleted;
            if (!wrote && !isLast)
            {
                await Task.Delay(s_interval, gone).ConfigureAwait(false);
            }
        }
    }

    /// <returns>Whether anything was written.</returns>
    private bool WriteStart()
    {
        if (_position is not null || _simulation.Start is not { } start)
        {
            return false;
        }

        _position = 0;
        WriteEvent(start, 0);
        return true;
    }

    /// <summary>Writes as many messages as go at once.</summary>
    /// <returns>Whether there were any.</returns>
    private bool WriteNews()
    {
        long? before = _position;
        while (_position is { } position && _writer.UnflushedBytes < MostAtOnce)
        {
            _message.ResetWrittenCount();
            long next = _simulation.History.CopyNext(position, _message, out bool missed);
            if (next == position)
            {
                break;
            }

            if (missed)
            {
                WriteEvent("""{"type":"missed"}"""u8, position);
            }

            WriteEvent(_message.WrittenSpan, next);
            _position = next;
        }

        return _position != before;
    }

    private void WriteEvent(ReadOnlySpan<byte> message, long next)
    {
        _writer.Write("data: "u8);
        _writer.Write(message);
        _writer.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\nid: {_simulation.Run}-{next}\n\n")));
    }

    /// <summary>Where someone goes on who saw an event of this run last; null: from the start.</summary>
    private long? Position(string lastEvent)
    {
        string ours = _simulation.Run + "-";
        return lastEvent.StartsWith(ours, StringComparison.Ordinal)
            && long.TryParse(lastEvent.AsSpan(ours.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long position)
            && _simulation.History.IsStart(position)
            ? position
            : null;
    }
}
