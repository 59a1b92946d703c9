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
    private const int FewestInputs = 5;

    private readonly Workspace _workspace;
    private readonly WeightBlocks _weights;
    private readonly RowParameters _parameters;
    private readonly MixedOutput _output;
    private readonly Int16ParameterData _weightOffsets;
    private int _firstRow;
    private int _rows;

    /// <summary>
    /// Checks the output. Input 5, where there is one, holds minus each row's zero point (int16), added to its weights: the product of a vector with
    /// a row is then that with the weights as they are plus the offset times the sum of the vector, which is the same to the last bit.
    /// </summary>
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
        if (reader.InputCount > FewestInputs)
        {
            _weightOffsets = reader.Int16Parameters(reader.Input(FewestInputs), parameters.Rows);
        }
    }

    /// <summary>The most rows of a block.</summary>
    internal int BlockRows => _weights.BlockRows;

    /// <summary>The inputs of an operator whose rows of weights may have zero points of their own.</summary>
    internal static int InputsOf(OperatorReader reader)
    {
        return reader.InputCount > FewestInputs ? FewestInputs + 1 : FewestInputs;
    }

    /// <summary>
    /// True if data and output have the same type, only the encoding of the weights is another than that of plain operators, and the kernels hold weights in
    /// an order of their own anyway: the operator is a plain one then.
    /// </summary>
    internal static bool CanBePlain(OperatorReader reader)
    {
        return reader.Kernels.HoldsWeights
            && reader.Input(0).Type == reader.Output(0).Type
            && reader.Input(1).Encoding != TensorEncoding.Dense
            && reader.InputCount <= FewestInputs;
    }

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
        int[] sums = _workspace.Int32;
        if (_weightOffsets.Count > 0)
        {
            Int16Parameters offsets = _weightOffsets.Vector;
            int total = Total(input);
            for (int i = 0; i < _rows; i++)
            {
                sums[i] += offsets[_firstRow + i] * total;
            }
        }

        _output.Write(sums, _firstRow, _rows, at);
    }

    /// <summary>Like <see cref="Run(ReadOnlyInt8Vector, int)"/>, of 16 bits.</summary>
    internal void Run(ReadOnlyInt16Vector input, int at)
    {
        Int16Parameters offsets = _weightOffsets.Vector;
        long total = _weightOffsets.Count > 0 ? Total(input) : 0;
        for (int i = 0; i < _rows; i++)
        {
            long sum = _weights.Multiply(input, _parameters.InputOffset, i);
            _output.Write(total == 0 ? sum : sum + (offsets[_firstRow + i] * total), _firstRow + i, at + i);
        }
    }

    /// <summary>The sum of a vector's elements less its zero point.</summary>
    private int Total(ReadOnlyInt8Vector input)
    {
        int total = _parameters.InputOffset * input.Length;
        for (int i = 0; i < input.Length; i++)
        {
            total += input[i];
        }

        return total;
    }

    private long Total(ReadOnlyInt16Vector input)
    {
        long total = (long)_parameters.InputOffset * input.Length;
        for (int i = 0; i < input.Length; i++)
        {
            total += input[i];
        }

        return total;
    }
}
