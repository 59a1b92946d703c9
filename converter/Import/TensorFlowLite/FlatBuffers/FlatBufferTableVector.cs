using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

/// <summary>A vector of tables, each checked when it is asked for. <c>default</c> has none.</summary>
internal readonly struct FlatBufferTableVector
{
    private readonly FlatBuffer buffer;
    private readonly FieldPlace place;
    private readonly int first;

    internal FlatBufferTableVector(FlatBuffer buffer, FieldPlace place, int first, int count)
    {
        this.buffer = buffer;
        this.place = place;
        this.first = first;
        Count = count;
    }

    public int Count { get; }

    public FlatBufferTable this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            FieldPlace element = place.At(index);
            return buffer.OpenTable(buffer.FollowOffset(first + (index * sizeof(uint)), element), new FieldPath(element));
        }
    }

    /// <summary>What <paramref name="decode"/> makes of each table and its index, in order.</summary>
    public ImmutableArray<T> Select<T>(Func<FlatBufferTable, int, T> decode)
    {
        var results = new T[Count];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = decode(this[i], i);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(results);
    }
}
