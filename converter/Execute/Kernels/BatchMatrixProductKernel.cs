using EdgeQuant.Converter.Execute.Products;
using EdgeQuant.Converter.Graph.Movement;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>Matrix products over the last two dimensions; the others broadcast.</summary>
internal sealed class BatchMatrixProductKernel : FloatKernel
{
    private readonly int _left;
    private readonly int _right;
    private readonly int _output;
    private readonly bool _leftTransposed;
    private readonly bool _rightTransposed;
    private readonly int _rows;
    private readonly int _depth;
    private readonly int _columns;
    private readonly (int Left, int Right)[] _batches;

    public BatchMatrixProductKernel(KernelContext context, BatchMatrixProduct operation)
    {
        int[] left = context.Node.Input(0).Shape;
        int[] right = context.Node.Input(1).Shape;
        (_left, _right, _output) = (context.Input(0), context.Input(1), context.Output());
        (_leftTransposed, _rightTransposed) = (operation.LeftTransposed, operation.RightTransposed);
        (_rows, _depth) = _leftTransposed ? (left[^1], left[^2]) : (left[^2], left[^1]);
        _columns = _rightTransposed ? right[^2] : right[^1];
        int rank = Math.Max(left.Length, right.Length);
        int[] batches = [.. Enumerable.Range(0, rank - 2).Select(axis => Math.Max(Size(left, axis, rank), Size(right, axis, rank)))];
        _batches = [.. Offsets(batches, left).Zip(Offsets(batches, right), (first, second) => (first * _rows * _depth, second * _depth * _columns))];
    }

    public override void Run(FloatWorkspace workspace)
    {
        int packedLength = PanelMatrix.Length(_depth, _columns);
        Span<float> scratch = workspace.Scratch(packedLength + (_leftTransposed ? _rows * _depth : 0));
        Span<float> packed = scratch[..packedLength];
        int packedBatch = -1;
        for (int batch = 0; batch < _batches.Length; batch++)
        {
            (int left, int right) = _batches[batch];
            if (right != packedBatch)
            {
                (int row, int column) = _rightTransposed ? (1, _depth) : (_columns, 1);
                PanelMatrix.Pack(workspace[_right].AsSpan(right), _depth, _columns, row, column, packed);
                packedBatch = right;
            }

            ReadOnlySpan<float> rows = workspace[_left].AsSpan(left, _rows * _depth);
            if (_leftTransposed)
            {
                Transpose(rows, scratch[packedLength..]);
                rows = scratch[packedLength..];
            }

            Span<float> output = workspace[_output].AsSpan(batch * _rows * _columns, _rows * _columns);
            MatrixProduct.Run(rows, _depth, _rows, new PanelMatrix(packed, _depth, _columns), [], Bounds.Of(Graph.Activation.None), output, _columns);
        }
    }

    private static int Size(int[] shape, int axis, int rank)
    {
        int own = axis - (rank - shape.Length);
        return own < 0 ? 1 : shape[own];
    }

    /// <summary>For each batch of the output the one of an input.</summary>
    private static IEnumerable<int> Offsets(int[] batches, int[] shape)
    {
        int rank = batches.Length + 2;
        int[] own = [.. batches.Select((_, axis) => Size(shape, axis, rank))];
        long[] strides = RowMajor.Strides(own);
        IEnumerable<int> offsets = [0];
        for (int axis = 0; axis < batches.Length; axis++)
        {
            int stride = own[axis] == 1 ? 0 : (int)strides[axis];
            int size = batches[axis];
            offsets = [.. offsets.SelectMany(offset => Enumerable.Range(0, size).Select(i => offset + (i * stride)))];
        }

        return offsets;
    }

    private void Transpose(ReadOnlySpan<float> from, Span<float> to)
    {
        for (int row = 0; row < _rows; row++)
        {
            for (int k = 0; k < _depth; k++)
            {
                to[(row * _depth) + k] = from[(k * _rows) + row];
            }
        }
    }
}
