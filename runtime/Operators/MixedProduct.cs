using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// Matrix products of data of 8 or 16 bits with weights in any encoding, to outputs of 8 or 16 bits: a block of rows is loaded once and then
/// multiplied with every vector that there is.
/// </summary>
internal sealed class MixedProduct
{
    private readonly Workspace _workspace;
    private readonly WeightBlocks _weights;
    private readonly RowParameters _parameters;
    private readonly MixedOutput _output;
    private int _firstRow;
    private int _rows;

    /// <summary>Checks the output.</summary>
    /// <param name="reader">The operator's reader.</param>
    /// <param name="weights">The weights, whose rows make the output channels.</param>
    /// <param name="output">The tensor that is written.</param>
    /// <param name="outputData">Its bytes.</param>
    /// <param name="parameters">How accumulators become outputs.</param>
    internal MixedProduct(OperatorReader reader, WeightBlocks weights, TensorInfo output, TensorData outputData, RowParameters parameters)
    {
        _workspace = reader.Workspace;
        _weights = weights;
        _parameters = parameters;
        _output = new MixedOutput(reader, output, outputData, parameters);
    }

    /// <summary>The most rows of a block.</summary>
    internal int BlockRows => _weights.BlockRows;

    /// <summary>Chooses the rows that vectors are multiplied with from now on.</summary>
    internal void Load(int firstRow, int rows)
    {
        _firstRow = firstRow;
        _rows = rows;
        _weights.Load(firstRow, rows);
    }

    /// <summary>Chooses a part of each row, as <see cref="WeightBlocks.LoadPart"/>.</summary>
    internal void LoadPart(int firstRow, int rows, int start, int length)
    {
        _firstRow = firstRow;
        _rows = rows;
        _weights.LoadPart(firstRow, rows, start, length);
    }

    /// <summary>Multiplies the rows with a vector.</summary>
    /// <param name="input">The vector.</param>
    /// <param name="at">The element of the output that the first row makes; the others follow.</param>
    internal void Run(ReadOnlyInt8Vector input, int at)
    {
        _weights.Multiply(input, _parameters.InputOffset);
        _output.Write(_workspace.Int32, _firstRow, _rows, at);
    }

    /// <summary>Like <see cref="Run(ReadOnlyInt8Vector, int)"/>, of 16 bits.</summary>
    internal void Run(ReadOnlyInt16Vector input, int at)
    {
        for (int i = 0; i < _rows; i++)
        {
            _output.Write(_weights.Multiply(input, _parameters.InputOffset, i), _firstRow + i, at + i);
        }
    }
}
