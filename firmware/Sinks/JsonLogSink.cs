namespace EdgeQuant.Firmware.Sinks;

/// <summary>
/// Appends a line of JSON for each decision and event to a file: each decision at least once. A line counts as delivered when the system has
/// taken all of it, and, as <see cref="LogSync"/> says, when it is on the disk. Where a write fails (no space left) what was written of it
/// is taken back, the lines wait in the queue, and are written when there is space again. A line that a power cut left half written is
/// ended; the next one starts a new line.
/// </summary>
public sealed class JsonLogSink : QueuedSink
{
    private static readonly TimeSpan s_syncInterval = TimeSpan.FromSeconds(1);

    private readonly string _path;
    private readonly JsonLogOptions _log;
    private readonly EntryJson _json = new();
    private FileStream? _file;
    private long _good;
    private bool _unsynced;
    private long _lastSync;

    /// <summary>Makes a sink; the file is opened with the first line.</summary>
    /// <param name="path">The file. Its folder must exist.</param>
    /// <param name="log">Its size, and how safe it is.</param>
    /// <param name="queue">The queue in front of it.</param>
    /// <param name="report">Told when something is wrong.</param>
    public JsonLogSink(string path, JsonLogOptions log, QueueOptions queue, Action<DeviceEvent> report)
        : base($"log {path}", queue, report)
    {
        ArgumentNullException.ThrowIfNull(log);
        _path = path;
        _log = log;
    }

    /// <summary>Opens the file for writing, makes it where it is not there.</summary>
    internal Func<string, FileStream> OpenFile { get; init; } = OpenUnbuffered;

    /// <inheritdoc/>
    protected override TimeSpan IdleInterval => _log.Sync == LogSync.Second ? s_syncInterval : Timeout.InfiniteTimeSpan;

    /// <inheritdoc/>
    protected override void Deliver(ReadOnlySpan<SinkEntry> entries)
    {
        _json.Clear();
        foreach (ref readonly SinkEntry entry in entries)
        {
            _json.WriteLine(entry);
        }

        try
        {
            FileStream file = Open(_json.Written.Length);
            file.Write(_json.Written.Span);
            if (_log.Sync == LogSync.Always)
            {
                file.Flush(flushToDisk: true);
            }

            _good += _json.Written.Length;
            _unsynced = _log.Sync == LogSync.Second;
            SyncIfDue(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TakeBack();
            throw new DeliveryException(0, exception.Message, exception);
        }
    }

    /// <inheritdoc/>
    protected override void Idle()
    {
        try
        {
            if (_file is not null)
            {
                SyncIfDue(_file);
            }
        }
        catch (IOException exception)
        {
            throw new DeliveryException(0, exception.Message, exception);
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask CloseAsync()
    {
        if (_file is { } file)
        {
            _file = null;
            try
            {
                if (_unsynced)
                {
                    file.Flush(flushToDisk: true);
                }
            }
            catch (IOException)
            {
                // The lines are in the system's memory; there is nobody left to tell.
            }

            await file.DisposeAsync().ConfigureAwait(false);
        }

        _json.Dispose();
    }

    private void SyncIfDue(FileStream file)
    {
        if (_unsynced && Environment.TickCount64 - _lastSync >= s_syncInterval.TotalMilliseconds)
        {
            file.Flush(flushToDisk: true);
            _unsynced = false;
            _lastSync = Environment.TickCount64;
        }
    }

    /// <summary>The file, open at its end; a new one where this one has grown too large, or was moved away by somebody else.</summary>
    private FileStream Open(int more)
    {
        if (_file is not null && !File.Exists(_path))
        {
            Close();
        }

        if (_file is not null && _good > 0 && _good + more > _log.LargestFile)
        {
            SetAside();
        }

        return _file ??= OpenAtEnd();
    }

    private static FileStream OpenUnbuffered(string path)
    {
        // No buffer: what Write has returned from, the system has.
        return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    }

    private FileStream OpenAtEnd()
    {
        FileStream file = OpenFile(_path);
        try
        {
            _good = file.CanSeek ? file.Seek(0, SeekOrigin.End) : 0;
            if (_good > 0)
            {
                file.Position = _good - 1;
                if (file.ReadByte() != '\n')
                {
                    file.WriteByte((byte)'\n');
                    _good++;
                }
            }

            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Renames <c>log</c> to <c>log.1</c>, <c>log.1</c> to <c>log.2</c>, and so on.</summary>
    private void SetAside()
    {
        if (_unsynced)
        {
            _file!.Flush(flushToDisk: true);
            _unsynced = false;
        }

        Close();
        if (_log.Kept == 0)
        {
            File.Delete(_path);
            return;
        }

        for (int i = _log.Kept - 1; i >= 1; i--)
        {
            if (File.Exists(Aside(i)))
            {
                File.Move(Aside(i), Aside(i + 1), overwrite: true);
            }
        }

        File.Move(_path, Aside(1), overwrite: true);
    }

    private string Aside(int number)
    {
        return $"{_path}.{number}";
    }

    /// <summary>Takes back what a failed write has left, and closes the file.</summary>
    private void TakeBack()
    {
        try
        {
            if (_file is { CanSeek: true } && _file.Length > _good)
            {
                _file.SetLength(_good);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What is left of the line is ended by a line feed when the file is opened again.
        }

        Close();
    }

    private void Close()
    {
        try
        {
            _file?.Dispose();
        }
        catch (IOException)
        {
            // Nothing is buffered that could be lost.
        }

        _file = null;
    }
}
