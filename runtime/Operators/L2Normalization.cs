using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Each row divided by the root of the sum of its squares.</summary>
/// <remarks>
/// Input: data [rows, columns] in any shape (int8 or int16). Output: type of the data, in units of 2^-7, for int16 of 2^-15, as many elements.
/// Attributes: columns; input zero point (-128 to 127, 0 for int16).
/// </remarks>
internal sealed class L2Normalization : Operator
{
    private const int FractionBits = 7;
    private const int WideFractionBits = 15;

    private readonly TensorData _input;
    private readonly TensorData _output;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _zeroPoint;
    private readonly bool _wide;

    internal L2Normalization(OperatorReader reader)
    {
        reader.RequireOperands(1, 1, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo output = reader.Output(0);
        _wide = input.Type == ElementType.Int16;
        reader.RequireType(input, _wide ? ElementType.Int16 : ElementType.Int8);
        reader.RequireType(output, input.Type);
        reader.RequireElements(output, input.ElementCount);
        _columns = reader.Attribute("columns", 1, input.ElementCount);
        _rows = input.ElementCount / _columns;
        reader.RequireElements(input, _rows * _columns);
        _zeroPoint = reader.Attribute("input zero point", _wide ? 0 : sbyte.MinValue, _wide ? 0 : sbyte.MaxValue);
        _input = reader.Data(input);
        _output = reader.Data(output);
    }

    internal override void Run()
    {
        for (int row = 0; row < _rows; row++)
        {
            if (_wide)
            {
                RunRow16(_input.Int16().Slice(row * _columns, _columns), _output.Int16().Slice(row * _columns, _columns));
            }
            else
            {
                RunRow8(_input.Int8().Slice(row * _columns, _columns), _output.Int8().Slice(row * _columns, _columns));
            }
        }
    }

    private static void RunRow16(ReadOnlyInt16Vector input, Int16Vector output)
    {
        long squares = 0;
        for (int i = 0; i < input.Length; i++)
        {
            squares += input[i] * input[i];
        }

        // The root takes 31 bits: two bits less of the squares are one bit less of their root.
        int halvings = 0;
        for (; squares > int.MaxValue; halvings++)
        {
            squares = (squares + 2) >> 2;
        }

        InverseSquareRoot.Of((int)squares, out int multiplier, out int shift);
        for (int i = 0; i < output.Length; i++)
        {
            int value = Requantization.MultiplyByQuantizedMultiplier(input[i], multiplier, shift + WideFractionBits - halvings);
            output[i] = (short)FixedPoint.Clamp(value, short.MinValue, short.MaxValue);
        }
    }

    private void RunRow8(ReadOnlyInt8Vector input, Int8Vector output)
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
            int value = Requantization.MultiplyByQuantizedMultiplier(input[i] - _zeroPoint, multiplier, shift + FractionBits);
            output[i] = (sbyte)FixedPoint.Clamp(value, sbyte.MinValue, sbyte.MaxValue);
        }
    }
}
