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
    private int _firstRow;
    private int _rows;

    /// <summary>Checks the weights, and where they are not dense the scratch tensor for a block (int8, a whole number of rows).</summary>
    /// <param name="reader">The operator's reader.</param>
    /// <param name="weights">The weights, a row for each index of the first dimension.</param>
    /// <param name="weightOffset">Minus the weights' zero point.</param>
    /// <param name="scratch">The position of the block among the scratch tensors; there only where weights are not dense.</param>
    internal WeightBlocks(OperatorReader reader, TensorInfo weights, int weightOffset, int scratch)
    {
        int rows = weights.Dimension(0);
        _columns = weights.ElementCount / rows;
        _weightOffset = weightOffset;
        _kernels = reader.Kernels;
        _workspace = reader.Workspace;
        _weights = new WeightRows(reader, weights, reader.Data(weights), rows);
        BlockRows = rows;
        if (!_weights.IsDense)
        {
            TensorInfo block = reader.Scratch(scratch);
            reader.RequireType(block, ElementType.Int8);
            BlockRows = block.ElementCount / _columns;
            reader.Require(BlockRows > 0 && BlockRows <= rows && block.ElementCount == BlockRows * _columns, "its scratch for weights is no whole number of their rows.");
            _block = reader.Data(block);
        }

        _workspace.Require(BlockRows);
    }

    /// <summary>The most rows of a block.</summary>
    internal int BlockRows { get; }

    /// <summary>Chooses the rows that vectors are multiplied with from now on.</summary>
    internal void Load(int firstRow, int rows)
    {
        _firstRow = firstRow;
        _rows = rows;
        if (_weights.IsDense)
        {
            return;
        }

        Int8Vector block = _block.Int8();
        for (int i = 0; i < rows; i++)
        {
            _weights.ReadRow(firstRow + i, block.Slice(i * _columns, _columns));
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

        ReadOnlyInt8Vector weights = _weights.IsDense ? _weights.Dense(_firstRow, _rows) : _block.Int8();
        _kernels.AccumulateRows(input, inputOffset, weights, _weightOffset, _rows, sums);
    }
}
