using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EdgeQuant.Firmware.Sinks;

/// <summary>Decisions and events as JSON objects, each in one line. Not safe for several threads at once.</summary>
public sealed class EntryJson : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly Utf8JsonWriter _writer;

    /// <summary>Makes an empty one.</summary>
    public EntryJson()
    {
        // The lines are read by programs and people, not pasted into web pages.
        _writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    /// <summary>What was written since <see cref="Clear"/>, UTF-8.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    /// <summary>The name of a kind of event, as it stands in JSON.</summary>
    public static string NameOf(DeviceEventKind kind)
    {
        return JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());
    }

    /// <summary>Forgets what was written.</summary>
    public void Clear()
    {
        _buffer.ResetWrittenCount();
    }

    /// <summary>Writes an object.</summary>
    public void Write(in SinkEntry entry)
    {
        _writer.Reset();
        _writer.WriteStartObject();
        if (entry.Happening is { } happening)
        {
            Write(happening);
        }
        else
        {
            Write(entry.Decision);
        }

        _writer.WriteEndObject();
        _writer.Flush();
    }

    /// <summary>Writes an object and a line feed.</summary>
    public void WriteLine(in SinkEntry entry)
    {
        Write(entry);
        _buffer.GetSpan(1)[0] = (byte)'\n';
        _buffer.Advance(1);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
    }

    private void Write(in DecisionRecord decision)
    {
        _writer.WriteString("timestamp"u8, decision.Time.UtcDateTime);
        _writer.WriteString("label"u8, decision.LabelText);
        _writer.WriteNumber("class"u8, decision.Label);
        _writer.WriteNumber("score"u8, MathF.Round(decision.Score, 4));
        _writer.WriteBoolean("raised"u8, decision.Raised);
        _writer.WriteNumber("latencyMs"u8, Math.Round(decision.Latency.TotalMilliseconds, 3));
        _writer.WriteNumber("sample"u8, decision.Sample);
    }

    private void Write(DeviceEvent happening)
    {
        _writer.WriteString("timestamp"u8, happening.Time.UtcDateTime);
        _writer.WriteString("event"u8, NameOf(happening.Kind));
        _writer.WriteString("message"u8, happening.Message);
        if (happening.Count is { } count)
        {
            _writer.WriteNumber("count"u8, count);
        }

        if (happening.From is { } from)
        {
            _writer.WriteString("from"u8, from.UtcDateTime);
        }

        if (happening.Until is { } until)
        {
            _writer.WriteString("until"u8, until.UtcDateTime);
        }
    }
}
