using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Matrix product of each input row with constant weights.</summary>
/// <remarks>
/// Inputs: data [rows, columns] in any shape (int8 or int16), weights [outputs, columns] (int8, or packed int4 for int8 data), bias,
/// multipliers, shifts. Output: [rows, outputs] in any shape, type of the data. Attributes: those of <see cref="RowParameters"/>.
/// </remarks>
internal sealed class FullyConnected : Operator
{
    private readonly KernelSet _kernels;
    private readonly ConvolutionKernel? _kernel;
    private readonly RowParameters _parameters;
    private readonly TensorData _input;
    private readonly TensorData _weights;
    private readonly TensorData _output;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _outputs;
    private readonly bool _packed;
    private readonly bool _wide;

    internal FullyConnected(OperatorReader reader)
    {
        reader.RequireOperands(5, 1, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo weights = reader.Input(1);
        TensorInfo output = reader.Output(0);
        _wide = input.Type == ElementType.Int16;
        reader.RequireType(input, _wide ? ElementType.Int16 : ElementType.Int8);
        reader.RequireType(output, input.Type);
        reader.Require(weights.Type == ElementType.Int8 && weights.Encoding != TensorEncoding.Shared, "the weights must have 8-bit or packed 4-bit elements.");
        _packed = weights.Encoding == TensorEncoding.PackedInt4;
        reader.Require(!_packed || !_wide, "packed 4-bit weights need 8-bit data.");
        reader.RequireRank(weights, 2);
        _outputs = weights.Dimension(0);
        _columns = weights.Dimension(1);
        _rows = input.ElementCount / _columns;
        reader.RequireElements(input, _rows * _columns);
        reader.Require((long)_rows * _outputs == output.ElementCount, "the output's size does not fit the input's rows and the weights.");
        _parameters = new RowParameters(reader, 2, _outputs, input.Type, output.Type);
        _input = reader.Data(input);
        _weights = reader.Data(weights);
        _output = reader.Data(output);
        _kernels = reader.Kernels;
        if (!_packed)
        {
            _kernel = _kernels.MatrixProduct(_rows, _columns, _weights.Int8(), _parameters, reader.Workspace);
        }
        else if (_packed && _kernels.HoldsWeights)
        {
            WeightRows rows = new WeightRows(reader, weights, _weights, _outputs);
            _kernel = _kernels.MatrixProduct(_rows, _columns, rows.ReadAll(), _parameters, reader.Workspace);
        }
    }

    internal override long HeldBytes => _kernel == null ? 0 : _kernel.HeldBytes;

    internal override void Run()
    {
        if (_kernel != null)
        {
            _kernel.Run(_input, _output);
            return;
        }

        for (int row = 0; row < _rows; row++)
        {
            if (_wide)
            {
                _kernels.MultiplyRowsInt16(
                    _input.Int16().Slice(row * _columns, _columns), _weights.Int8(), 0, _output.Int16().Slice(row * _outputs, _outputs), _parameters);
                continue;
            }

            ReadOnlyInt8Vector input = _input.Int8().Slice(row * _columns, _columns);
            Int8Vector output = _output.Int8().Slice(row * _outputs, _outputs);
            if (_packed)
            {
                _kernels.MultiplyRowsInt4(input, _weights.Int8(), 0, output, _parameters);
            }
            else
            {
                _kernels.MultiplyRows(input, _weights.Int8(), 0, output, _parameters);
            }
        }
    }
}
