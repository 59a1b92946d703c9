using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>A slice of a tensor that starts where another tensor says; a start too near to the end is moved back.</summary>
/// <remarks>Inputs: data (dense, any type), start (int32, an index for each axis). Output: same rank and type. No attributes.</remarks>
internal sealed class DynamicSlice : Operator
{
    private readonly DynamicBox _box;
    private readonly TensorData _data;
    private readonly TensorData _output;

    internal DynamicSlice(OperatorReader reader)
    {
        reader.RequireOperands(2, 1, 0);
        _box = new DynamicBox(reader, reader.Input(0), reader.Output(0), reader.Input(1));
        _data = reader.Data(reader.Input(0));
        _output = reader.Data(reader.Output(0));
    }

    internal override void Run()
    {
        ReadOnlyInt8Vector data = _data.Int8();
        Int8Vector output = _output.Int8();
        int length = _box.RowBytes;
        for (int row = 0; row < _box.Rows; row++)
        {
            data.Slice(_box.RowOffset(row), length).CopyTo(output.Slice(row * length, length));
        }
    }
}
