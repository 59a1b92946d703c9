using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Matrix product of each input row with constant weights, whose results' scale is found at run time.</summary>
/// <remarks>
/// Inputs: data [rows, columns] in any shape (int8), weights [outputs, columns] (int8 in any encoding), bias, multipliers, shifts, scale of
/// the data (int32 [3], may be absent). Outputs: data [rows, outputs] in any shape (int8), scale (int32 [3]). Scratch: that of
/// <see cref="DynamicResults"/>, then a block of rows of the weights (int8), only where they are not dense. Attributes: those of <see cref="DynamicOperand"/>,
/// of <see cref="DynamicRows"/>, of <see cref="DynamicResults"/>.
/// </remarks>
internal sealed class DynamicFullyConnected : Operator
{
    private readonly DynamicOperand _input;
    private readonly DynamicRows _parameters;
    private readonly DynamicResults _results;
    private readonly WeightBlocks _weights;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _outputs;

    internal DynamicFullyConnected(OperatorReader reader)
    {
        TensorInfo input = reader.Input(0);
        TensorInfo weights = reader.Input(1);
        int results = DynamicResults.ScratchOf(reader);
        reader.RequireOperands(6, 2, results + WeightBlocks.ScratchOf(weights));
        reader.RequireRank(weights, 2);
        _outputs = weights.Dimension(0);
        _columns = weights.Dimension(1);
        _rows = input.ElementCount / _columns;
        reader.RequireElements(input, _rows * _columns);
        reader.Require((long)_rows * _outputs == reader.Output(0).ElementCount, "the output's size does not fit the input's rows and the weights.");
        _input = new DynamicOperand(reader, "data", 0, 5);
        _parameters = new DynamicRows(reader, 2, _outputs, _columns, weights);
        _results = new DynamicResults(reader);
        _weights = new WeightBlocks(reader, weights, _parameters.WeightOffset, results);
    }

    internal override void Run()
    {
        _input.ReadScale();
        RealScale unit = _parameters.Begin(_input.Scale);
        _results.Begin();
        RunBlocks();
        if (_results.Finish(unit))
        {
            RunBlocks();
        }
    }

    private void RunBlocks()
    {
        for (int first = 0; first < _outputs; first += _weights.BlockRows)
        {
            int count = _outputs - first < _weights.BlockRows ? _outputs - first : _weights.BlockRows;
            _weights.Load(first, count);
            for (int row = 0; row < _rows; row++)
            {
                _weights.Multiply(_input.Elements.Slice(row * _columns, _columns), -_input.ZeroPoint);
                _parameters.Finish(first, count);
                _results.Add((row * _outputs) + first, count);
            }
        }
    }
}
