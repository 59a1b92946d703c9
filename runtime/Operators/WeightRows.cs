using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// Constant weights of 8 bits in any encoding, read a piece at a time. A row is all elements with the same index in the first dimension.
/// </summary>
internal sealed class WeightRows
{
    private readonly KernelSet _kernels;
    private readonly TensorEncoding _encoding;
    private readonly TensorData _elements;
    private readonly TensorData _codebooks;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _rowBytes;
    private readonly int _bits;
    private readonly int _entries;
    private readonly bool _perChannel;

    /// <summary>Checks the weights; of shared ones that each index is one of a codebook's, and that bits behind a row are 0.</summary>
    /// <param name="reader">The operator's reader.</param>
    /// <param name="weights">The tensor, of one dimension or more.</param>
    /// <param name="data">Its bytes.</param>
    /// <param name="channels">The output channels: there is one codebook, or one for each.</param>
    internal WeightRows(OperatorReader reader, TensorInfo weights, TensorData data, int channels)
    {
        reader.Require(weights.Type == ElementType.Int8 && weights.Storage == TensorStorage.Constant, "the weights must be constants of 8 bits.");
        _kernels = reader.Kernels;
        _encoding = weights.Encoding;
        _elements = data;
        _rows = weights.Dimension(0);
        _columns = weights.ElementCount / _rows;
        if (_encoding != TensorEncoding.Shared)
        {
            return;
        }

        SharedHeader header = weights.Shared;
        _bits = header.Bits;
        _entries = header.Entries;
        _perChannel = header.Codebooks > 1;
        reader.Require(header.Codebooks == 1 || header.Codebooks == channels, "it has neither one codebook nor one for each output channel.");
        reader.Require((long)_columns * _bits <= int.MaxValue, "a row of its weights has more than 2147483647 bits.");
        _rowBytes = (int)SharedLayout.RowBytes(_columns, _bits);
        int codebookBytes = header.Codebooks * _entries;
        _codebooks = data.Slice(ModelLayout.SharedData, codebookBytes);
        _elements = data.Slice(ModelLayout.SharedData + codebookBytes, weights.Dimension(0) * _rowBytes);
        CheckIndices(reader, weights.Dimension(0));
    }

    /// <summary>True if the elements lie in memory as they are.</summary>
    internal bool IsDense => _encoding == TensorEncoding.Dense;

    /// <summary>All elements of dense weights.</summary>
    internal ReadOnlyInt8Vector Dense => _elements.Int8();

    /// <summary>Reads all rows into memory of their own.</summary>
    internal Int8Vector ReadAll()
    {
        Int8Vector all = new Int8Vector(new sbyte[_rows * _columns]);
        for (int row = 0; row < _rows; row++)
        {
            Read(row * _columns, all.Slice(row * _columns, _columns));
        }

        return all;
    }

    /// <summary>Reads the only row, whose elements each have an output channel of their own, into memory of its own.</summary>
    internal Int8Vector ReadAllChannels(int channels)
    {
        Int8Vector all = new Int8Vector(new sbyte[_columns]);
        for (int start = 0; start < _columns; start += channels)
        {
            ReadChannels(start, 0, all.Slice(start, channels));
        }

        return all;
    }

    /// <summary>Reads elements of one row, whose output channel has the row's number.</summary>
    /// <param name="start">The first element, counted from that of the first row.</param>
    /// <param name="output">As many as are to be read: none behind the row's end.</param>
    internal void Read(int start, Int8Vector output)
    {
        if (_encoding == TensorEncoding.PackedInt4)
        {
            PackedInt4.Unpack(_elements.Int8(), start, output);
            return;
        }

        int row = start / _columns;
        ReadOnlyInt8Vector indices = _elements.Int8().Slice(row * _rowBytes, _rowBytes);
        ReadOnlyInt8Vector codebook = _codebooks.Int8().Slice(_perChannel ? row * _entries : 0, _entries);
        _kernels.LookUpIndices(indices, start % _columns, _bits, codebook, 0, output);
    }

    /// <summary>Reads a piece of the only row, whose elements each have an output channel of their own, the first of them the one given.</summary>
    internal void ReadChannels(int start, int channel, Int8Vector output)
    {
        if (_encoding == TensorEncoding.PackedInt4)
        {
            PackedInt4.Unpack(_elements.Int8(), start, output);
            return;
        }

        ReadOnlyInt8Vector codebooks = _perChannel ? _codebooks.Int8().Slice(channel * _entries) : _codebooks.Int8();
        _kernels.LookUpIndices(_elements.Int8(), start, _bits, codebooks, _perChannel ? _entries : 0, output);
    }

    private void CheckIndices(OperatorReader reader, int rows)
    {
        ReadOnlyInt8Vector indices = _elements.Int8();
        int unused = (_rowBytes * 8) - (_columns * _bits);
        for (int row = 0; row < rows; row++)
        {
            int last = (byte)indices[(row * _rowBytes) + _rowBytes - 1];
            reader.Require(last >> (8 - unused) == 0, "the bits behind a row of its indices are not 0.");
            for (int i = 0; _entries < 1 << _bits && i < _columns; i++)
            {
                reader.Require(Index(indices, row * _rowBytes, i) < _entries, "an index of its weights is none of the codebook's entries.");
            }
        }
    }

    private int Index(ReadOnlyInt8Vector indices, int row, int element)
    {
        int bit = element * _bits;
        int at = row + (bit >> 3);
        int skipped = bit & 7;
        int value = (byte)indices[at] >> skipped;
        if (skipped + _bits > 8)
        {
            value |= (byte)indices[at + 1] << (8 - skipped);
        }

        return value & ((1 << _bits) - 1);
    }
}
