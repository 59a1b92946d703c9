using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// Matrix product of mixed precision of each input row with constant weights: whatever <see cref="FullyConnected"/> does not do. Weights
/// that are not dense are read block by block of outputs, each once for all input rows.
/// </summary>
/// <remarks>
/// Inputs: data [rows, columns] in any shape (int8 or int16), weights [outputs, columns] (int8 in any encoding, with one codebook or one for
/// each output), bias, multipliers, shifts, offsets that are added to the weights of each output (int16; may be left out). Output: [rows,
/// outputs] in any shape (int8 or int16). Scratch: one or more rows of the weights (int8), only where they are not dense. Attributes: those of
/// <see cref="RowParameters"/>.
/// </remarks>
internal sealed class MixedFullyConnected : Operator
{
    private readonly MixedProduct _product;
    private readonly ConvolutionKernel? _kernel;
    private readonly TensorData _input;
    private readonly TensorData _output;
    private readonly bool _wide;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _outputs;

    internal MixedFullyConnected(OperatorReader reader)
    {
        reader.RequireOperands(MixedProduct.InputsOf(reader), 1, WeightBlocks.ScratchOf(reader.Input(1)));
        TensorInfo input = reader.Input(0);
        TensorInfo weights = reader.Input(1);
        TensorInfo output = reader.Output(0);
        _wide = input.Type == ElementType.Int16;
        reader.RequireType(input, _wide ? ElementType.Int16 : ElementType.Int8);
        reader.RequireRank(weights, 2);
        _outputs = weights.Dimension(0);
        _columns = weights.Dimension(1);
        _rows = input.ElementCount / _columns;
        reader.RequireElements(input, _rows * _columns);
        reader.Require((long)_rows * _outputs == output.ElementCount, "the output's size does not fit the input's rows and the weights.");
        RowParameters parameters = new RowParameters(reader, 2, _outputs, input.Type, output.Type);
        _product = new MixedProduct(reader, new WeightBlocks(reader, weights, parameters.WeightOffset, 0), output, reader.Data(output), parameters);
        _input = reader.Data(input);
        _output = reader.Data(output);
        if (MixedProduct.CanBePlain(reader))
        {
            _kernel = reader.Kernels.MatrixProduct(_rows, _columns, new WeightRows(reader, weights, reader.Data(weights), _outputs).ReadAll(), parameters, reader.Workspace);
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

        for (int first = 0; first < _outputs; first += _product.BlockRows)
        {
            _product.Load(first, _outputs - first < _product.BlockRows ? _outputs - first : _product.BlockRows);
            for (int row = 0; row < _rows; row++)
            {
                int output = (row * _outputs) + first;
                if (_wide)
                {
                    _product.Run(_input.Int16().Slice(row * _columns, _columns), output);
                }
                else
                {
                    _product.Run(_input.Int8().Slice(row * _columns, _columns), output);
                }
            }
        }
    }
}
