using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Softmax of each row of 8-bit elements, to 8 or 16 bits.</summary>
/// <remarks>
/// Inputs: data [rows, columns] in any shape (int8). Output: int8 or int16, as many elements, the lowest number standing for 0 and one step for
/// 2^-8 or 2^-16. Attributes: columns, then those of <see cref="Exponentials"/>.
/// </remarks>
internal sealed class Softmax : Operator
{
    private readonly Exponentials _exponentials;
    private readonly TensorData _input;
    private readonly TensorData _output;
    private readonly int _rows;
    private readonly int _columns;
    private readonly bool _wide;

    internal Softmax(OperatorReader reader)
    {
        reader.RequireOperands(1, 1, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo output = reader.Output(0);
        _wide = output.Type == ElementType.Int16;
        reader.RequireType(input, ElementType.Int8);
        reader.RequireType(output, _wide ? ElementType.Int16 : ElementType.Int8);
        reader.RequireElements(output, input.ElementCount);
        _columns = reader.Attribute("columns", 1, input.ElementCount);
        _exponentials = new Exponentials(reader, input.ElementCount, false);
        _rows = input.ElementCount / _columns;
        reader.RequireElements(input, _rows * _columns);
        _input = reader.Data(input);
        _output = reader.Data(output);
    }

    internal override void Run()
    {
        for (int row = 0; row < _rows; row++)
        {
            ReadOnlyInt8Vector input = _input.Int8().Slice(row * _columns, _columns);
            int largest = Exponentials.Largest(input);
            int scale = Reciprocal.Of(_exponentials.Sum(input, largest), Exponentials.SumIntegerBits, out int bitsOverUnit);
            if (_wide)
            {
                Scale16(input, largest, scale, bitsOverUnit + 15, _output.Int16().Slice(row * _columns, _columns));
            }
            else
            {
                Scale8(input, largest, scale, bitsOverUnit + 23, _output.Int8().Slice(row * _columns, _columns));
            }
        }
    }

    private void Scale8(ReadOnlyInt8Vector input, int largest, int scale, int exponent, Int8Vector output)
    {
        for (int i = 0; i < output.Length; i++)
        {
            int below = largest - input[i];
            int share = below < _exponentials.Count ? Share(_exponentials.Of(below), scale, exponent) : 0;
            output[i] = (sbyte)FixedPoint.Clamp(share - 128, sbyte.MinValue, sbyte.MaxValue);
        }
    }

    private void Scale16(ReadOnlyInt8Vector input, int largest, int scale, int exponent, Int16Vector output)
    {
        for (int i = 0; i < output.Length; i++)
        {
            int below = largest - input[i];
            int share = below < _exponentials.Count ? Share(_exponentials.Of(below), scale, exponent) : 0;
            output[i] = (short)FixedPoint.Clamp(share - 32768, short.MinValue, short.MaxValue);
        }
    }

    private static int Share(int exponential, int scale, int exponent)
    {
        int product = FixedPoint.SaturatingRoundingDoublingHighMultiply(scale, exponential);
        return exponent > 31 ? 0 : FixedPoint.RoundingDivideByPowerOfTwo(product, exponent);
    }
}
