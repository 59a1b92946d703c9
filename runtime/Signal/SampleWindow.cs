using EdgeQuant.Runtime.Memory;

namespace EdgeQuant.Runtime.Signal;

/// <summary>
/// Items of a fixed size that become overlapping windows: collects items until a window is full, and then starts the next one a hop later.
/// Where the hop is longer than the window, the items between are passed over.
/// </summary>
internal sealed class SampleWindow
{
    private readonly sbyte[] _bytes;
    private readonly int _itemBytes;
    private readonly int _items;
    private readonly int _hop;
    private int _filled;
    private int _skip;

    /// <summary>Makes an empty window.</summary>
    /// <param name="items">Items of a window.</param>
    /// <param name="hop">Items from the start of a window to the start of the next.</param>
    /// <param name="itemBytes">Bytes of an item.</param>
    internal SampleWindow(int items, int hop, int itemBytes)
    {
        _items = items;
        _hop = hop;
        _itemBytes = itemBytes;
        _bytes = new sbyte[items * itemBytes];
    }

    /// <summary>True if a window is complete: <see cref="Bytes"/> are all there.</summary>
    internal bool IsFull => _filled == _items;

    /// <summary>All bytes of the window.</summary>
    internal TensorData Data => new TensorData(_bytes, 0, _bytes.Length);

    /// <summary>The same as bytes.</summary>
    internal Int8Vector Bytes => Data.Int8();

    /// <summary>How many items are wanted before the window is full, those that are passed over among them.</summary>
    internal int Wanted => _skip + _items - _filled;

    /// <summary>Passes over as many of the next <paramref name="count"/> items as lie between two windows.</summary>
    /// <returns>How many were passed over.</returns>
    internal int Skip(int count)
    {
        int skipped = count < _skip ? count : _skip;
        _skip -= skipped;
        return skipped;
    }

    /// <summary>Room for the next <paramref name="count"/> items, which the caller writes at once; not more than <see cref="Wanted"/>.</summary>
    internal TensorData Take(int count)
    {
        TensorData room = new TensorData(_bytes, _filled * _itemBytes, count * _itemBytes);
        _filled += count;
        return room;
    }

    /// <summary>Goes on from a full window to the next: what both share moves to the start.</summary>
    internal void Advance()
    {
        int kept = _items > _hop ? _items - _hop : 0;
        if (kept > 0)
        {
            Int8Vector all = Bytes;
            all.Slice(_hop * _itemBytes, kept * _itemBytes).CopyTo(all.Slice(0, kept * _itemBytes));
        }

        _filled = kept;
        _skip = _hop > _items ? _hop - _items : 0;
    }

    /// <summary>Forgets all items.</summary>
    internal void Clear()
    {
        _filled = 0;
        _skip = 0;
    }
}
