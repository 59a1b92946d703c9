using System.Buffers;
using System.Buffers.Binary;

namespace EdgeQuant.Firmware.Live;

/// <summary>
/// The last messages, in a memory of fixed size. Who adds one never waits for those who read; each of them reads at a pace of its own, and who is
/// too slow misses the oldest. Adding allocates nothing.
/// </summary>
/// <param name="capacity">Its bytes. A message takes 4 more than its own.</param>
internal sealed class MessageHistory(int capacity)
{
    private const int LengthBytes = sizeof(int);

    private readonly Lock _lock = new();
    private readonly byte[] _ring = new byte[capacity];
    private long _first;
    private long _end;

    /// <summary>Adds a message; the oldest ones make room for it.</summary>
    /// <exception cref="ArgumentException">It is larger than the whole memory.</exception>
    public void Add(ReadOnlySpan<byte> message)
    {
        int needed = LengthBytes + message.Length;
        if (needed > capacity)
        {
            throw new ArgumentException($"A message of {message.Length} bytes does not fit into {capacity}.", nameof(message));
        }

        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteInt32LittleEndian(length, message.Length);
        lock (_lock)
        {
            while (_end + needed - _first > capacity)
            {
                _first += LengthBytes + LengthAt(_first);
            }

            Put(length, _end);
            Put(message, _end + LengthBytes);
            _end += needed;
        }
    }

    /// <summary>Whether a message that is still there starts at a position, or the next one will.</summary>
    public bool IsStart(long position)
    {
        lock (_lock)
        {
            long start = _first;
            while (start < position && start < _end)
            {
                start += LengthBytes + LengthAt(start);
            }

            return start == position;
        }
    }

    /// <summary>Copies the next message.</summary>
    /// <param name="position">Where it starts: 0 for the first one of all, later what was returned. Where it is no longer there, the oldest one that is.</param>
    /// <param name="writer">Where it is copied to.</param>
    /// <param name="missed">Whether messages from <paramref name="position"/> on were no longer there.</param>
    /// <returns>Where the one behind it starts; <paramref name="position"/> itself: there is none yet.</returns>
    public long CopyNext(long position, IBufferWriter<byte> writer, out bool missed)
    {
        lock (_lock)
        {
            missed = position < _first;
            long start = missed ? _first : position;
            if (start >= _end)
            {
                return position;
            }

            int length = LengthAt(start);
            Get(start + LengthBytes, writer.GetSpan(length)[..length]);
            writer.Advance(length);
            return start + LengthBytes + length;
        }
    }

    private int LengthAt(long position)
    {
        Span<byte> length = stackalloc byte[LengthBytes];
        Get(position, length);
        return BinaryPrimitives.ReadInt32LittleEndian(length);
    }

    private void Put(ReadOnlySpan<byte> bytes, long position)
    {
        int start = (int)(position % capacity);
        int before = Math.Min(bytes.Length, capacity - start);
        bytes[..before].CopyTo(_ring.AsSpan(start));
        bytes[before..].CopyTo(_ring);
    }

    private void Get(long position, Span<byte> bytes)
    {
        int start = (int)(position % capacity);
        int before = Math.Min(bytes.Length, capacity - start);
        _ring.AsSpan(start, before).CopyTo(bytes);
        _ring.AsSpan(0, bytes.Length - before).CopyTo(bytes[before..]);
    }
}
