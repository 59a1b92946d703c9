namespace EdgeQuant.Firmware.Sinks;

/// <summary>Writes a line of JSON for each decision and event to a stream: the standard output, say. Where the stream was closed it stops.</summary>
/// <param name="name">What messages call it.</param>
/// <param name="stream">The stream; it stays open.</param>
/// <param name="options">Its queue.</param>
/// <param name="report">Told when something is wrong.</param>
public sealed class JsonLinesSink(string name, Stream stream, QueueOptions options, Action<DeviceEvent> report) : QueuedSink(name, options, report)
{
    private readonly EntryJson _json = new();
    private readonly CancellationTokenSource _closed = new();

    /// <summary>Cancelled when nobody reads the stream any more.</summary>
    public CancellationToken Closed => _closed.Token;

    /// <inheritdoc/>
    protected override void Deliver(ReadOnlySpan<SinkEntry> entries)
    {
        if (_closed.IsCancellationRequested)
        {
            return;
        }

        _json.Clear();
        foreach (ref readonly SinkEntry entry in entries)
        {
            _json.WriteLine(entry);
        }

        try
        {
            stream.Write(_json.Written.Span);
            stream.Flush();
        }
        catch (IOException)
        {
            _closed.Cancel();
        }
    }

    /// <inheritdoc/>
    protected override ValueTask CloseAsync()
    {
        _json.Dispose();
        _closed.Dispose();
        return ValueTask.CompletedTask;
    }
}
