using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>A tensor with a part replaced that starts where another tensor says; a start too near to the end is moved back.</summary>
/// <remarks>
/// Inputs: data (dense, any type), update (same rank and type, no axis longer), start (int32, an index for each axis). Output: shape and type
/// of the data; it may be the data's own memory. No attributes.
/// </remarks>
internal sealed class DynamicUpdateSlice : Operator
{
    private readonly DynamicBox _box;
    private readonly TensorData _data;
    private readonly TensorData _update;
    private readonly TensorData _output;
    private readonly bool _inPlace;

    internal DynamicUpdateSlice(OperatorReader reader)
    {
        reader.RequireOperands(3, 1, 0);
        TensorInfo data = reader.Input(0);
        TensorInfo output = reader.Output(0);
        reader.RequireType(output, data.Type);
        reader.RequireElements(output, data.ElementCount);
        _box = new DynamicBox(reader, data, reader.Input(1), reader.Input(2));
        _data = reader.Data(data);
        _update = reader.Data(reader.Input(1));
        _output = reader.Data(output);
        _inPlace = data.Storage == output.Storage && data.Offset == output.Offset;
    }

    internal override void Run()
    {
        ReadOnlyInt8Vector update = _update.Int8();
        Int8Vector output = _output.Int8();
        if (!_inPlace)
        {
            _data.Int8().CopyTo(output);
        }

        int length = _box.RowBytes;
        for (int row = 0; row < _box.Rows; row++)
        {
            update.Slice(row * length, length).CopyTo(output.Slice(_box.RowOffset(row), length));
        }
    }
}
