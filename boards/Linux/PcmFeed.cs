using System.Runtime.InteropServices;

namespace EdgeQuant.Boards.Linux;

/// <summary>
/// Samples from a stream of 16 bits, little endian, that comes at its own speed. A thread takes them as they come; what nobody fetches for longer than
/// the buffer lasts is lost.
/// </summary>
internal sealed class PcmFeed : ISampleFeed
{
    private const int PieceBytes = 4096;

    private readonly Lock _lock = new();
    private readonly Stream _stream;
    private readonly int _channels;
    private readonly Func<SensorException> _ended;
    private readonly short[] _ring;
    private readonly ManualResetEventSlim _news = new();
    private readonly Thread _thread;
    private int _start;
    private int _count;
    private long _lost;
    private volatile bool _over;

    /// <summary>Starts to take samples.</summary>
    /// <param name="stream">The stream; it is disposed of with this.</param>
    /// <param name="channels">Channels, interleaved.</param>
    /// <param name="capacity">Samples (of all channels) that are kept until they are fetched.</param>
    /// <param name="ended">Why the stream ended, asked when it has.</param>
    public PcmFeed(Stream stream, int channels, int capacity, Func<SensorException> ended)
    {
        _stream = stream;
        _channels = channels;
        _ended = ended;
        _ring = new short[capacity * channels];
        _thread = new Thread(Collect) { IsBackground = true, Name = "samples" };
        _thread.Start();
    }

    /// <inheritdoc/>
    public long Lost => Interlocked.Read(ref _lost);

    /// <inheritdoc/>
    public int Read(Span<short> samples, TimeSpan timeout)
    {
        bool over = _over;
        int count = Fetch(samples);
        if (count > 0 || samples.Length < _channels)
        {
            return count;
        }

        if (over)
        {
            throw _ended();
        }

        return _news.Wait(timeout) ? Fetch(samples) : 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        _over = true;
    }

    /// <summary>Waits for the first sample.</summary>
    /// <returns>Whether it came; false: the stream ended before, or nothing came in time.</returns>
    public bool WaitForFirst(TimeSpan timeout)
    {
        _news.Wait(timeout);
        lock (_lock)
        {
            return _count > 0;
        }
    }

    private int Fetch(Span<short> samples)
    {
        lock (_lock)
        {
            int numbers = Math.Min(_count, samples.Length / _channels * _channels);
            int first = Math.Min(numbers, _ring.Length - _start);
            _ring.AsSpan(_start, first).CopyTo(samples);
            _ring.AsSpan(0, numbers - first).CopyTo(samples[first..]);
            _start = (_start + numbers) % _ring.Length;
            _count -= numbers;
            if (_count == 0 && !_over)
            {
                _news.Reset();
            }

            return numbers / _channels;
        }
    }

    private void Collect()
    {
        byte[] bytes = new byte[PieceBytes];
        int sampleBytes = _channels * sizeof(short);
        int kept = 0;
        try
        {
            while (_stream.Read(bytes, kept, bytes.Length - kept) is > 0 and int read)
            {
                kept += read;
                int whole = kept / sampleBytes * sampleBytes;
                Keep(MemoryMarshal.Cast<byte, short>(bytes.AsSpan(0, whole)));
                bytes.AsSpan(whole, kept - whole).CopyTo(bytes);
                kept -= whole;
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // Over, like at the end.
        }

        lock (_lock)
        {
            _over = true;
            _news.Set();
        }
    }

    private void Keep(ReadOnlySpan<short> numbers)
    {
        lock (_lock)
        {
            int room = Math.Min(numbers.Length, _ring.Length - _count);
            Interlocked.Add(ref _lost, (numbers.Length - room) / _channels);
            foreach (short number in numbers[..room])
            {
                _ring[(_start + _count) % _ring.Length] = number;
                _count++;
            }

            _news.Set();
        }
    }
}
