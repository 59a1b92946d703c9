using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Each row divided by the root of the sum of its squares.</summary>
/// <remarks>
/// Input: data [rows, columns] in any shape (int8). Output: int8 in units of 2^-7, as many elements. Attributes: columns; input zero point
/// (-128 to 127).
/// </remarks>
internal sealed class L2Normalization : Operator
{
    private const int OutputFractionBits = 7;

    private readonly TensorData _input;
    private readonly TensorData _output;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _zeroPoint;

    internal L2Normalization(OperatorReader reader)
    {
        reader.RequireOperands(1, 1, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo output = reader.Output(0);
        reader.RequireType(input, ElementType.Int8);
        reader.RequireType(output, ElementType.Int8);
        reader.RequireElements(output, input.ElementCount);
        _columns = reader.Attribute("columns", 1, input.ElementCount);
        _rows = input.ElementCount / _columns;
        reader.RequireElements(input, _rows * _columns);
        _zeroPoint = reader.Attribute("input zero point", sbyte.MinValue, sbyte.MaxValue);
        _input = reader.Data(input);
        _output = reader.Data(output);
    }

    internal override void Run()
    {
        for (int row = 0; row < _rows; row++)
        {
            RunRow(_input.Int8().Slice(row * _columns, _columns), _output.Int8().Slice(row * _columns, _columns));
        }
    }

    private void RunRow(ReadOnlyInt8Vector input, Int8Vector output)
    {
        int squares = 0;
        for (int i = 0; i < input.Length; i++)
        {
            int value = input[i] - _zeroPoint;
            squares += value * value;
        }

        InverseSquareRoot.Of(squares, out int multiplier, out int shift);
        for (int i = 0; i < output.Length; i++)
        {
            int value = Requantization.MultiplyByQuantizedMultiplier(input[i] - _zeroPoint, multiplier, shift + OutputFractionBits);
            output[i] = (sbyte)FixedPoint.Clamp(value, sbyte.MinValue, sbyte.MaxValue);
        }
    }
}
