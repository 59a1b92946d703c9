using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>A box inside a larger tensor of the same rank whose place is known at run time only. It is kept inside the tensor.</summary>
internal sealed class DynamicBox
{
    private readonly TensorData _start;
    private readonly int[] _sizes;
    private readonly int[] _room;
    private readonly int[] _strides;

    /// <summary>Checks that the box fits into the tensor and that the start has an index for each axis.</summary>
    /// <param name="reader">The operator's reader.</param>
    /// <param name="tensor">The larger tensor.</param>
    /// <param name="box">The box: same rank and type, no axis longer.</param>
    /// <param name="start">The box's first index on each axis (int32).</param>
    internal DynamicBox(OperatorReader reader, TensorInfo tensor, TensorInfo box, TensorInfo start)
    {
        reader.RequireType(tensor, box.Type);
        reader.RequireType(box, tensor.Type);
        reader.RequireType(start, ElementType.Int32);
        reader.Require(tensor.Rank > 0, "it moves a scalar.");
        reader.RequireRank(box, tensor.Rank);
        reader.RequireElements(start, tensor.Rank);
        int rank = tensor.Rank;
        _start = reader.Data(start);
        _sizes = new int[rank];
        _room = new int[rank];
        _strides = new int[rank];
        int stride = TensorTable.BytesOf(tensor.Type);
        for (int axis = rank - 1; axis >= 0; axis--)
        {
            _sizes[axis] = box.Dimension(axis);
            _room[axis] = tensor.Dimension(axis) - _sizes[axis];
            reader.Require(_room[axis] >= 0, "axis " + axis.ToString() + " of the slice is longer than the tensor's.");
            _strides[axis] = stride;
            stride *= tensor.Dimension(axis);
        }

        RowBytes = _sizes[rank - 1] * _strides[rank - 1];
        Rows = box.ByteLength / RowBytes;
    }

    /// <summary>The bytes of a row: the box's innermost axis.</summary>
    internal int RowBytes { get; }

    /// <summary>The number of rows in the box.</summary>
    internal int Rows { get; }

    /// <summary>The byte of the tensor at which a row of the box starts.</summary>
    /// <param name="row">0 to <see cref="Rows"/> - 1, in the order in which the box's rows stand in memory.</param>
    internal int RowOffset(int row)
    {
        ReadOnlyInt32Vector start = _start.Int32();
        int offset = 0;
        for (int axis = _sizes.Length - 1; axis >= 0; axis--)
        {
            int index = start[axis];
            index = index < 0 ? 0 : index > _room[axis] ? _room[axis] : index;
            if (axis < _sizes.Length - 1)
            {
                index += row % _sizes[axis];
                row /= _sizes[axis];
            }

            offset += index * _strides[axis];
        }

        return offset;
    }
}
