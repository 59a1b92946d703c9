namespace EdgeQuant.Runtime.Model;

/// <summary>A look at one tensor's record. Costs nothing to make; every value was checked when the table was read.</summary>
internal readonly struct TensorInfo
{
    private readonly TensorTable _table;

    internal TensorInfo(TensorTable table, int index)
    {
        _table = table;
        Index = index;
    }

    internal int Index { get; }

    internal ElementType Type => (ElementType)_table.UInt8(Index, ModelLayout.TensorType);

    internal TensorStorage Storage => (TensorStorage)_table.UInt8(Index, ModelLayout.TensorStorage);

    internal TensorEncoding Encoding => (TensorEncoding)_table.UInt8(Index, ModelLayout.TensorEncoding);

    /// <summary>What the bytes start with, if the elements share values.</summary>
    internal SharedHeader Shared => _table.SharedHeader(Index);

    internal int Rank => _table.UInt8(Index, ModelLayout.TensorRank);

    /// <summary>The byte at which the tensor starts in its storage.</summary>
    internal int Offset => _table.Int32(Index, ModelLayout.TensorOffset);

    internal int ByteLength => _table.Int32(Index, ModelLayout.TensorLength);

    /// <summary>Tensors of the arena with the same buffer share one planned piece of it and one lifetime.</summary>
    internal int Buffer => _table.UInt16(Index, ModelLayout.TensorBuffer);

    internal int ZeroPoint => _table.Int32(Index, ModelLayout.TensorZeroPoint);

    /// <summary>The bits of the float32 scale: for the host only, the runtime never computes with it.</summary>
    internal int ScaleBits => _table.Int32(Index, ModelLayout.TensorScale);

    internal int ElementCount
    {
        get
        {
            int count = 1;
            for (int axis = 0; axis < Rank; axis++)
            {
                count *= Dimension(axis);
            }

            return count;
        }
    }

    internal int Dimension(int axis)
    {
        return _table.Dimension(Index, axis);
    }
}
