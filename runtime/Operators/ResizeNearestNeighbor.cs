using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Height and width changed by taking for each output pixel one pixel of the input, which tables name.</summary>
/// <remarks>
/// Inputs: data [batch, height, width, channels] (dense, elements up to 32 bits), the input row of each output row (int16), the input column
/// of each output column (int16). Output: [batch, height, width, channels], type of the data.
/// </remarks>
internal sealed class ResizeNearestNeighbor : Operator
{
    private readonly TensorData _input;
    private readonly TensorData _output;
    private readonly Int16ParameterData _rows;
    private readonly Int16ParameterData _columns;
    private readonly int _batches;
    private readonly int _inputHeight;
    private readonly int _inputRowBytes;
    private readonly int _outputHeight;
    private readonly int _outputWidth;
    private readonly int _pixelBytes;

    internal ResizeNearestNeighbor(OperatorReader reader)
    {
        reader.RequireOperands(3, 1, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo output = reader.Output(0);
        reader.RequireType(input, output.Type);
        reader.RequireType(output, output.Type);
        reader.Require(output.Type != ElementType.Int64, "its operands have 64-bit elements.");
        reader.RequireRank(input, 4);
        reader.RequireRank(output, 4);
        reader.Require(input.Dimension(0) == output.Dimension(0) && input.Dimension(3) == output.Dimension(3), "input and output have different batch sizes or channels.");
        _batches = input.Dimension(0);
        _inputHeight = input.Dimension(1);
        _outputHeight = output.Dimension(1);
        _outputWidth = output.Dimension(2);
        _pixelBytes = input.Dimension(3) * TensorTable.BytesOf(input.Type);
        _inputRowBytes = input.Dimension(2) * _pixelBytes;
        _rows = reader.Int16Parameters(reader.Input(1), _outputHeight);
        _columns = reader.Int16Parameters(reader.Input(2), _outputWidth);
        RequireInside(reader, _rows, _outputHeight, _inputHeight);
        RequireInside(reader, _columns, _outputWidth, input.Dimension(2));
        _input = reader.Data(input);
        _output = reader.Data(output);
    }

    internal override void Run()
    {
        Int16Parameters rows = _rows.Vector;
        Int8Vector output = _output.Int8();
        int rowBytes = _outputWidth * _pixelBytes;
        int to = 0;
        for (int batch = 0; batch < _batches; batch++)
        {
            for (int y = 0; y < _outputHeight; y++, to += rowBytes)
            {
                Int8Vector row = output.Slice(to, rowBytes);
                if (y > 0 && rows[y] == rows[y - 1])
                {
                    output.Slice(to - rowBytes, rowBytes).CopyTo(row);
                }
                else
                {
                    CopyPixels(((batch * _inputHeight) + rows[y]) * _inputRowBytes, row);
                }
            }
        }
    }

    private static void RequireInside(OperatorReader reader, Int16ParameterData table, int entries, int size)
    {
        Int16Parameters indices = table.Vector;
        for (int i = 0; i < entries; i++)
        {
            reader.Require(indices[i] >= 0 && indices[i] < size, "a table names a row or column that the input does not have.");
        }
    }

    private void CopyPixels(int from, Int8Vector row)
    {
        Int16Parameters columns = _columns.Vector;
        ReadOnlyInt8Vector source = _input.Int8().Slice(from, _inputRowBytes);
        int to = 0;
        for (int x = 0; x < _outputWidth; x++, to += _pixelBytes)
        {
            source.Slice(columns[x] * _pixelBytes, _pixelBytes).CopyTo(row.Slice(to, _pixelBytes));
        }
    }
}
