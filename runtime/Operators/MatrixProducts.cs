using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>What products of two computed matrices share, batch by batch, with broadcast batches: the way through all rows, and 8-bit sums.</summary>
/// <remarks>
/// Output 0 has batches x rows x columns elements. Attributes: rows, depth, columns; left transposed, right transposed (0 or 1: a matrix of the
/// left is [rows, depth] or [depth, rows], of the right [depth, columns] or [columns, depth]); for each of three batch dimensions, outermost
/// first: its size, the left's and the right's step in matrices (0 where it is broadcast).
/// </remarks>
internal abstract class MatrixProducts : Operator
{
    private const int BatchDimensions = 3;

    /// <summary>Fewer rows are multiplied faster than the right matrix is put in another order.</summary>
    private const int FewestRows = 4;

    private readonly MatrixKernel? _kernel;
    private readonly Workspace _workspace;
    private readonly TensorData _left;
    private readonly TensorData _right;
    private readonly TensorData _column;
    private readonly int _rows;
    private readonly bool _leftTransposed;
    private readonly bool _rightTransposed;
    private readonly int[] _batches = new int[BatchDimensions];
    private readonly int[] _leftSteps = new int[BatchDimensions];
    private readonly int[] _rightSteps = new int[BatchDimensions];

    /// <summary>Reads the attributes and checks that every matrix lies inside its tensor.</summary>
    /// <param name="reader">The operator's reader.</param>
    /// <param name="inputs">The number of inputs; left and right are the first.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="scratch">The number of scratch tensors before that for a column of the left, which only two transposed 8-bit inputs have.</param>
    protected MatrixProducts(OperatorReader reader, int inputs, int outputs, int scratch)
    {
        TensorInfo left = reader.Input(0);
        TensorInfo right = reader.Input(1);
        TensorInfo output = reader.Output(0);
        IsWide = left.Type == ElementType.Int16;
        reader.RequireType(left, IsWide ? ElementType.Int16 : ElementType.Int8);
        reader.RequireType(right, left.Type);
        reader.RequireType(output, left.Type);
        _rows = reader.Attribute("number of rows", 1, output.ElementCount);
        Depth = reader.Attribute("depth", 1, left.ElementCount);
        Columns = reader.Attribute("number of columns", 1, output.ElementCount);
        _leftTransposed = reader.Attribute("left transposed", 0, 1) == 1;
        _rightTransposed = reader.Attribute("right transposed", 0, 1) == 1;
        long elements = (long)_rows * Columns;
        for (int i = 0; i < BatchDimensions; i++)
        {
            _batches[i] = reader.Attribute("batch size", 1, output.ElementCount);
            _leftSteps[i] = reader.Attribute("step of the left", 0, left.ElementCount);
            _rightSteps[i] = reader.Attribute("step of the right", 0, right.ElementCount);
            reader.Require(elements <= output.ElementCount / _batches[i], "the output's size does not fit rows, columns and batches.");
            elements *= _batches[i];
        }

        reader.Require(elements == output.ElementCount, "the output's size does not fit rows, columns and batches.");
        RequireInside(reader, left, (long)_rows * Depth, _leftSteps);
        RequireInside(reader, right, (long)Depth * Columns, _rightSteps);
        bool column = _leftTransposed && _rightTransposed && !IsWide;
        reader.RequireOperands(inputs, outputs, column ? scratch + 1 : scratch);
        if (column)
        {
            reader.RequireType(reader.Scratch(scratch), ElementType.Int8);
            reader.RequireElements(reader.Scratch(scratch), Depth);
            _column = reader.Data(reader.Scratch(scratch));
        }

        _left = reader.Data(left);
        _right = reader.Data(right);
        Kernels = reader.Kernels;
        _workspace = reader.Workspace;
        if (IsWide)
        {
            return;
        }

        _workspace.Require(Columns);
        MatrixKernel? kernel = _rows < FewestRows ? null : Kernels.MatrixProduct(new MatrixShape(_rows, Depth, Columns, _leftTransposed, _rightTransposed));
        if (kernel != null && (long)_rows * Columns <= int.MaxValue - kernel.SumsBehind)
        {
            _kernel = kernel;
            _workspace.Require((_rows * Columns) + kernel.SumsBehind);
        }
    }

    internal override long HeldBytes => _kernel == null ? 0 : _kernel.HeldBytes;

    protected KernelSet Kernels { get; }

    /// <summary>The sums that <see cref="SumRow"/> makes.</summary>
    protected int[] Sums => _workspace.Int32;

    /// <summary>True for 16-bit elements.</summary>
    protected bool IsWide { get; }

    protected int Depth { get; }

    protected int Columns { get; }

    /// <summary>Goes through the rows of all products, in the order in which they stand in the output.</summary>
    protected void RunRows()
    {
        int output = 0;
        for (int b0 = 0; b0 < _batches[0]; b0++)
        {
            for (int b1 = 0; b1 < _batches[1]; b1++)
            {
                for (int b2 = 0; b2 < _batches[2]; b2++)
                {
                    int left = ((b0 * _leftSteps[0]) + (b1 * _leftSteps[1]) + (b2 * _leftSteps[2])) * _rows * Depth;
                    int right = ((b0 * _rightSteps[0]) + (b1 * _rightSteps[1]) + (b2 * _rightSteps[2])) * Depth * Columns;
                    for (int row = 0; row < _rows; row++, output += Columns)
                    {
                        RunRow(left, right, row, output);
                    }
                }
            }
        }
    }

    /// <summary>Computes one row of a product.</summary>
    /// <param name="left">The element at which the left matrix starts.</param>
    /// <param name="right">The element at which the right matrix starts.</param>
    /// <param name="row">The row.</param>
    /// <param name="output">The element of the output at which the row starts.</param>
    protected abstract void RunRow(int left, int right, int row, int output);

    /// <summary>Sums up the products of a row of 8-bit elements. Rows are asked for in ascending order.</summary>
    /// <returns>Where in <see cref="Sums"/> that of the first column is; the others follow.</returns>
    protected int SumRow(int left, int leftOffset, int right, int rightOffset, int row)
    {
        int[] sums = _workspace.Int32;
        ReadOnlyInt8Vector lefts = _left.Int8().Slice(left, _rows * Depth);
        ReadOnlyInt8Vector rights = _right.Int8().Slice(right, Depth * Columns);
        if (_kernel != null)
        {
            if (row == 0)
            {
                _kernel.Run(lefts, leftOffset, rights, rightOffset, sums);
            }

            return row * Columns;
        }

        for (int i = 0; i < Columns; i++)
        {
            sums[i] = 0;
        }

        int step = _leftTransposed ? _rows : 1;
        int first = _leftTransposed ? row : row * Depth;
        if (!_rightTransposed)
        {
            for (int k = 0; k < Depth; k++)
            {
                Kernels.AccumulateScaled(lefts[first + (k * step)] + leftOffset, rights.Slice(k * Columns, Columns), rightOffset, sums);
            }
        }
        else if (!_leftTransposed)
        {
            Kernels.AccumulateRows(lefts.Slice(first, Depth), leftOffset, rights, rightOffset, Columns, sums);
        }
        else
        {
            Int8Vector column = _column.Int8();
            for (int k = 0; k < Depth; k++)
            {
                column[k] = lefts[first + (k * step)];
            }

            Kernels.AccumulateRows(column, leftOffset, rights, rightOffset, Columns, sums);
        }

        return 0;
    }

    /// <summary>Sums up the products of a row of 16-bit elements for one column.</summary>
    protected long SumElement16(int left, int leftOffset, int right, int rightOffset, int row, int column)
    {
        ReadOnlyInt16Vector lefts = _left.Int16().Slice(left, _rows * Depth);
        ReadOnlyInt16Vector rights = _right.Int16().Slice(right, Depth * Columns);
        int leftStep = _leftTransposed ? _rows : 1;
        int rightStep = _rightTransposed ? 1 : Columns;
        int leftAt = _leftTransposed ? row : row * Depth;
        int rightAt = _rightTransposed ? column * Depth : column;
        long sum = 0;
        for (int k = 0; k < Depth; k++, leftAt += leftStep, rightAt += rightStep)
        {
            sum += (long)(lefts[leftAt] + leftOffset) * (rights[rightAt] + rightOffset);
        }

        return sum;
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
}
