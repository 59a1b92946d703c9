using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Matrix products of two tensors that are both computed while the network runs, batch by batch, with broadcast batches.</summary>
/// <remarks>
/// Inputs: left (int8 or int16), right (type of the left). Output: type of the left, batches x rows x columns elements. Scratch: one column
/// of the left (int8), only where both are transposed and int8. Attributes: rows, depth, columns; left transposed, right transposed (0 or
/// 1: a matrix of the left is [rows, depth] or [depth, rows], of the right [depth, columns] or [columns, depth]); for each of three batch
/// dimensions, outermost first: its size, the left's and the right's step in matrices (0 where it is broadcast); left offset, right offset
/// (minus the zero points), those of <see cref="Rescaling"/>, output offset. 8-bit products accumulate in 32 bits, 16-bit ones in 64.
/// </remarks>
internal sealed class BatchMatrixProduct : Operator
{
    private const int BatchDimensions = 3;

    private readonly KernelSet _kernels;
    private readonly Workspace _workspace;
    private readonly TensorData _left;
    private readonly TensorData _right;
    private readonly TensorData _output;
    private readonly TensorData _column;
    private readonly bool _wide;
    private readonly int _rows;
    private readonly int _depth;
    private readonly int _columns;
    private readonly bool _leftTransposed;
    private readonly bool _rightTransposed;
    private readonly int[] _batches = new int[BatchDimensions];
    private readonly int[] _leftSteps = new int[BatchDimensions];
    private readonly int[] _rightSteps = new int[BatchDimensions];
    private readonly int _leftOffset;
    private readonly int _rightOffset;
    private readonly Rescaling _rescaling;
    private readonly int _outputOffset;

    internal BatchMatrixProduct(OperatorReader reader)
    {
        TensorInfo left = reader.Input(0);
        TensorInfo right = reader.Input(1);
        TensorInfo output = reader.Output(0);
        _wide = left.Type == ElementType.Int16;
        reader.RequireType(left, _wide ? ElementType.Int16 : ElementType.Int8);
        reader.RequireType(right, left.Type);
        reader.RequireType(output, left.Type);
        _rows = reader.Attribute("number of rows", 1, output.ElementCount);
        _depth = reader.Attribute("depth", 1, left.ElementCount);
        _columns = reader.Attribute("number of columns", 1, output.ElementCount);
        _leftTransposed = reader.Attribute("left transposed", 0, 1) == 1;
        _rightTransposed = reader.Attribute("right transposed", 0, 1) == 1;
        long outputs = (long)_rows * _columns;
        for (int i = 0; i < BatchDimensions; i++)
        {
            _batches[i] = reader.Attribute("batch size", 1, output.ElementCount);
            _leftSteps[i] = reader.Attribute("step of the left", 0, left.ElementCount);
            _rightSteps[i] = reader.Attribute("step of the right", 0, right.ElementCount);
            reader.Require(outputs <= output.ElementCount / _batches[i], "the output's size does not fit rows, columns and batches.");
            outputs *= _batches[i];
        }

        reader.Require(outputs == output.ElementCount, "the output's size does not fit rows, columns and batches.");
        RequireInside(reader, left, (long)_rows * _depth, _leftSteps);
        RequireInside(reader, right, (long)_depth * _columns, _rightSteps);
        int limit = _wide ? 32768 : 128;
        _leftOffset = reader.Attribute("left offset", -limit + 1, limit);
        _rightOffset = reader.Attribute("right offset", -limit + 1, limit);
        _rescaling = new Rescaling(reader, "output", _wide);
        _outputOffset = reader.Attribute("output offset", -limit, limit - 1);
        bool column = _leftTransposed && _rightTransposed && !_wide;
        reader.RequireOperands(2, 1, column ? 1 : 0);
        if (column)
        {
            reader.RequireType(reader.Scratch(0), ElementType.Int8);
            reader.RequireElements(reader.Scratch(0), _depth);
            _column = reader.Data(reader.Scratch(0));
        }

        _left = reader.Data(left);
        _right = reader.Data(right);
        _output = reader.Data(output);
        _kernels = reader.Kernels;
        _workspace = reader.Workspace;
        if (!_wide)
        {
            _workspace.Require(_columns);
        }
    }

    internal override void Run()
    {
        int output = 0;
        for (int b0 = 0; b0 < _batches[0]; b0++)
        {
            for (int b1 = 0; b1 < _batches[1]; b1++)
            {
                for (int b2 = 0; b2 < _batches[2]; b2++)
                {
                    int left = ((b0 * _leftSteps[0]) + (b1 * _leftSteps[1]) + (b2 * _leftSteps[2])) * _rows * _depth;
                    int right = ((b0 * _rightSteps[0]) + (b1 * _rightSteps[1]) + (b2 * _rightSteps[2])) * _depth * _columns;
                    for (int row = 0; row < _rows; row++, output += _columns)
                    {
                        if (_wide)
                        {
                            RunRow16(left, right, row, output);
                        }
                        else
                        {
                            RunRow8(left, right, row, output);
                        }
                    }
                }
            }
        }
    }

    /// <summary>Checks that the last matrix ends inside the tensor.</summary>
    private void RequireInside(OperatorReader reader, TensorInfo tensor, long matrix, int[] steps)
    {
        long matrices = 1;
        for (int i = 0; i < BatchDimensions; i++)
        {
            long reach = (long)(_batches[i] - 1) * steps[i];
            reader.Require(reach < tensor.ElementCount, "its batches reach beyond an input.");
            matrices += reach;
        }

        reader.Require(matrix <= tensor.ElementCount && matrices <= tensor.ElementCount / matrix, "its batches reach beyond an input.");
    }

    private void RunRow8(int left, int right, int row, int output)
    {
        int[] sums = _workspace.Int32;
        for (int i = 0; i < _columns; i++)
        {
            sums[i] = 0;
        }

        ReadOnlyInt8Vector lefts = _left.Int8().Slice(left, _rows * _depth);
        ReadOnlyInt8Vector rights = _right.Int8().Slice(right, _depth * _columns);
        int step = _leftTransposed ? _rows : 1;
        int first = _leftTransposed ? row : row * _depth;
        if (!_rightTransposed)
        {
            for (int k = 0; k < _depth; k++)
            {
                _kernels.AccumulateScaled(lefts[first + (k * step)] + _leftOffset, rights.Slice(k * _columns, _columns), _rightOffset, sums);
            }
        }
        else if (!_leftTransposed)
        {
            _kernels.AccumulateRows(lefts.Slice(first, _depth), _leftOffset, rights, _rightOffset, _columns, sums);
        }
        else
        {
            Int8Vector column = _column.Int8();
            for (int k = 0; k < _depth; k++)
            {
                column[k] = lefts[first + (k * step)];
            }

            _kernels.AccumulateRows(column, _leftOffset, rights, _rightOffset, _columns, sums);
        }

        Int8Vector outputs = _output.Int8().Slice(output, _columns);
        for (int i = 0; i < _columns; i++)
        {
            int value = _rescaling.Apply(sums[i]) + _outputOffset;
            outputs[i] = (sbyte)FixedPoint.Clamp(value, sbyte.MinValue, sbyte.MaxValue);
        }
    }

    private void RunRow16(int left, int right, int row, int output)
    {
        ReadOnlyInt16Vector lefts = _left.Int16().Slice(left, _rows * _depth);
        ReadOnlyInt16Vector rights = _right.Int16().Slice(right, _depth * _columns);
        Int16Vector outputs = _output.Int16().Slice(output, _columns);
        int leftStep = _leftTransposed ? _rows : 1;
        int rightStep = _rightTransposed ? 1 : _columns;
        for (int column = 0; column < _columns; column++)
        {
            int leftAt = _leftTransposed ? row : row * _depth;
            int rightAt = _rightTransposed ? column * _depth : column;
            long sum = 0;
            for (int k = 0; k < _depth; k++, leftAt += leftStep, rightAt += rightStep)
            {
                sum += (long)(lefts[leftAt] + _leftOffset) * (rights[rightAt] + _rightOffset);
            }

            int value = _rescaling.Apply(sum) + _outputOffset;
            outputs[column] = (short)FixedPoint.Clamp(value, short.MinValue, short.MaxValue);
        }
    }
}
