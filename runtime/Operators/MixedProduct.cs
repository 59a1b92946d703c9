using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// Matrix products of data of 8 or 16 bits with weights in any encoding. Weights that are not dense are read into scratch, a block of rows at
/// a time: a block is loaded once and then multiplied with every vector that there is.
/// </summary>
internal sealed class MixedProduct
{
    private readonly KernelSet _kernels;
    private readonly Workspace _workspace;
    private readonly WeightRows _weights;
    private readonly RowParameters _parameters;
    private readonly MixedOutput _output;
    private readonly TensorData _block;
    private readonly int _columns;
    private int _firstRow;
    private int _rows;

    /// <summary>
    /// Checks weights and output. Scratch 0 has the rows of a block (int8, a whole number of rows), only where weights are not dense.
    /// </summary>
    /// <param name="reader">The operator's reader.</param>
    /// <param name="weights">The tensor of weights; a row for each index of the first dimension.</param>
    /// <param name="weightData">Its bytes.</param>
    /// <param name="output">The tensor that is written.</param>
    /// <param name="outputData">Its bytes.</param>
    /// <param name="parameters">How accumulators become outputs.</param>
    internal MixedProduct(OperatorReader reader, TensorInfo weights, TensorData weightData, TensorInfo output, TensorData outputData, RowParameters parameters)
    {
        int rows = weights.Dimension(0);
        _columns = weights.ElementCount / rows;
        _kernels = reader.Kernels;
        _workspace = reader.Workspace;
        _weights = new WeightRows(reader, weights, weightData, rows);
        _parameters = parameters;
        _output = new MixedOutput(reader, output, outputData, parameters);
        BlockRows = rows;
        if (!_weights.IsDense)
        {
            TensorInfo block = reader.Scratch(0);
            reader.RequireType(block, ElementType.Int8);
            BlockRows = block.ElementCount / _columns;
            reader.Require(BlockRows > 0 && BlockRows <= rows && block.ElementCount == BlockRows * _columns, "its scratch for weights is no whole number of their rows.");
            _block = reader.Data(block);
        }

        _workspace.Require(BlockRows);
    }

    /// <summary>The most rows of a block.</summary>
    internal int BlockRows { get; }

    /// <summary>The scratch tensors that the weights need.</summary>
    internal static int ScratchOf(OperatorReader reader)
    {
        return reader.Input(1).Encoding == TensorEncoding.Dense ? 0 : 1;
    }

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

    /// <summary>Multiplies the rows with a vector.</summary>
    /// <param name="input">The vector.</param>
    /// <param name="at">The element of the output that the first row makes; the others follow.</param>
    internal void Run(ReadOnlyInt8Vector input, int at)
    {
        int[] sums = _workspace.Int32;
        for (int i = 0; i < _rows; i++)
        {
            sums[i] = 0;
        }

        _kernels.AccumulateRows(input, _parameters.InputOffset, Weights(), _parameters.WeightOffset, _rows, sums);
        _output.Write(sums, _firstRow, _rows, at);
    }

    /// <summary>Like <see cref="Run(ReadOnlyInt8Vector, int)"/>, of 16 bits.</summary>
    internal void Run(ReadOnlyInt16Vector input, int at)
    {
        ReadOnlyInt8Vector weights = Weights();
        for (int i = 0; i < _rows; i++)
        {
            long sum = _kernels.MultiplyInt16(input, _parameters.InputOffset, weights.Slice(i * _columns, _columns), _parameters.WeightOffset);
            _output.Write(sum, _firstRow + i, at + i);
        }
    }

    private ReadOnlyInt8Vector Weights()
    {
        return _weights.IsDense ? _weights.Dense(_firstRow, _rows) : _block.Int8();
    }
}
