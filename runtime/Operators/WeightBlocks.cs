using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// Constant rows of weights that vectors are multiplied with, a block of rows at a time. Weights that are not dense are read into scratch: each
/// block once, for all vectors.
/// </summary>
internal sealed class WeightBlocks
{
    private readonly KernelSet _kernels;
    private readonly Workspace _workspace;
    private readonly WeightRows _weights;
    private readonly TensorData _block;
    private readonly int _columns;
    private readonly int _weightOffset;
    private int _start;
    private int _length;
    private int _rows;

    /// <summary>Checks the weights, a row for each index of the first dimension, and where they are not dense their scratch.</summary>
    internal WeightBlocks(OperatorReader reader, TensorInfo weights, int weightOffset, int scratch)
        : this(reader, weights, weights.Dimension(0), weights.ElementCount / weights.Dimension(0), weightOffset, scratch)
    {
    }

    /// <summary>Checks the weights, and where they are not dense the scratch tensor for a block (int8, a whole number of parts).</summary>
    /// <param name="reader">The operator's reader.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="rows">The rows that they are: the first dimension, or a multiple of it that divides their number.</param>
    /// <param name="part">The most elements of a row that are loaded at a time: all of them where weights are dense.</param>
    /// <param name="weightOffset">Minus the weights' zero point.</param>
    /// <param name="scratch">The position of the block among the scratch tensors; there only where weights are not dense.</param>
    internal WeightBlocks(OperatorReader reader, TensorInfo weights, int rows, int part, int weightOffset, int scratch)
    {
        _columns = weights.ElementCount / rows;
        _weightOffset = weightOffset;
        _kernels = reader.Kernels;
        _workspace = reader.Workspace;
        _weights = new WeightRows(reader, weights, reader.Data(weights), weights.Dimension(0));
        BlockRows = rows;
        if (!_weights.IsDense)
        {
            TensorInfo block = reader.Scratch(scratch);
            reader.RequireType(block, ElementType.Int8);
            BlockRows = block.ElementCount / part;
            reader.Require(BlockRows > 0 && BlockRows <= rows && block.ElementCount == BlockRows * part, "its scratch for weights is no whole number of their rows.");
            _block = reader.Data(block);
        }

        _workspace.Require(BlockRows);
    }

    /// <summary>The most rows of a block.</summary>
    internal int BlockRows { get; }

    /// <summary>The scratch tensors that weights need.</summary>
    internal static int ScratchOf(TensorInfo weights)
    {
        return weights.Encoding == TensorEncoding.Dense ? 0 : 1;
    }

    /// <summary>Rows of weights that are dense, or in blocks.</summary>
    /// <param name="dense">The weights where there are no blocks.</param>
    /// <param name="blocks">Their blocks; null for dense weights, which need none.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="rows">Their number: at most those of a block.</param>
    /// <param name="columns">The elements of a row.</param>
    internal static ReadOnlyInt8Vector Load(TensorData dense, WeightBlocks? blocks, int firstRow, int rows, int columns)
    {
        if (blocks is null)
        {
            return dense.Int8().Slice(firstRow * columns, rows * columns);
        }

        blocks.Load(firstRow, rows);
        return blocks.Rows();
    }

    /// <summary>Chooses the rows that vectors are multiplied with from now on.</summary>
    internal void Load(int firstRow, int rows)
    {
        LoadPart(firstRow, rows, 0, _columns);
    }

    /// <summary>Chooses a part of each row, the same of all, that vectors are multiplied with from now on.</summary>
    /// <param name="firstRow">The first row.</param>
    /// <param name="rows">Their number.</param>
    /// <param name="start">The first element of the part in its row.</param>
    /// <param name="length">The elements of the part: all of a row where weights are dense.</param>
    internal void LoadPart(int firstRow, int rows, int start, int length)
    {
        _start = (firstRow * _columns) + start;
        _rows = rows;
        _length = length;
        if (_weights.IsDense || length == 0)
        {
            return;
        }

        Int8Vector block = _block.Int8();
        for (int i = 0; i < rows; i++)
        {
            _weights.Read(_start + (i * _columns), block.Slice(i * length, length));
        }
    }

    /// <summary>Multiplies the rows with a vector; the products stand at the start of the workspace.</summary>
    /// <param name="input">As long as a row.</param>
    /// <param name="inputOffset">Minus the vector's zero point.</param>
    internal void Multiply(ReadOnlyInt8Vector input, int inputOffset)
    {
        int[] sums = _workspace.Int32;
        for (int i = 0; i < _rows; i++)
        {
            sums[i] = 0;
        }

        Accumulate(input, inputOffset);
    }

    /// <summary>Like <see cref="Multiply(ReadOnlyInt8Vector, int)"/>, but adds the products to what stands there.</summary>
    internal void Accumulate(ReadOnlyInt8Vector input, int inputOffset)
    {
        _kernels.AccumulateRows(input, inputOffset, Rows(), _weightOffset, _rows, _workspace.Int32);
    }

    /// <summary>The product of one of the rows with a vector.</summary>
    /// <param name="input">As long as a row.</param>
    /// <param name="inputOffset">Minus the vector's zero point.</param>
    /// <param name="row">The row, counted from the first that was loaded.</param>
    internal long Multiply(ReadOnlyInt16Vector input, int inputOffset, int row)
    {
        return _kernels.MultiplyInt16(input, inputOffset, Rows().Slice(row * _length, _length), _weightOffset);
    }

    private ReadOnlyInt8Vector Rows()
    {
        return _weights.IsDense ? _weights.Dense.Slice(_start, _rows * _length) : _block.Int8().Slice(0, _rows * _length);
    }
}
