using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Softmax of each row of 8-bit elements, to 8 or 16 bits.</summary>
/// <remarks>
/// Inputs: data [rows, columns] in any shape (int8), exponentials (1 to 256 int32: entry d is exp of d steps below the row's largest element,
/// in Q0.31; elements further below count as 0). Output: int8 or int16, as many elements, the lowest number standing for 0 and one step for
/// 2^-8 or 2^-16. Attribute: columns.
/// </remarks>
internal sealed class Softmax : Operator
{
    /// <summary>Integer bits of the sum of exponentials, each of which is 1 at most.</summary>
    internal const int SumIntegerBits = 12;

    private readonly Int32ParameterData _exponentials;
    private readonly TensorData _input;
    private readonly TensorData _output;
    private readonly int _rows;
    private readonly int _columns;
    private readonly bool _wide;

    internal Softmax(OperatorReader reader)
    {
        reader.RequireOperands(2, 1, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo table = reader.Input(1);
        TensorInfo output = reader.Output(0);
        _wide = output.Type == ElementType.Int16;
        reader.RequireType(input, ElementType.Int8);
        reader.RequireType(output, _wide ? ElementType.Int16 : ElementType.Int8);
        reader.RequireElements(output, input.ElementCount);
        reader.Require(table.ElementCount <= 256, "the table has more than 256 entries.");
        _exponentials = reader.Int32Parameters(table, table.ElementCount);
        _columns = reader.Attribute("columns", 1, input.ElementCount);
        _rows = input.ElementCount / _columns;
        reader.RequireElements(input, _rows * _columns);
        _input = reader.Data(input);
        _output = reader.Data(output);
    }

    /// <summary>The largest element of a row.</summary>
    internal static int Largest(ReadOnlyInt8Vector row)
    {
        int largest = sbyte.MinValue;
        for (int i = 0; i < row.Length; i++)
        {
            int value = row[i];
            if (value > largest)
            {
                largest = value;
            }
        }

        return largest;
    }

    /// <summary>The sum of the exponentials of a row, with <see cref="SumIntegerBits"/> integer bits.</summary>
    internal static int SumOfExponentials(ReadOnlyInt8Vector row, int largest, Int32Parameters exponentials)
    {
        int sum = 0;
        for (int i = 0; i < row.Length; i++)
        {
            int below = largest - row[i];
            if (below < exponentials.Length)
            {
                sum += FixedPoint.RoundingDivideByPowerOfTwo(exponentials[below], SumIntegerBits);
            }
        }

        return sum;
    }

    internal override void Run()
    {
        Int32Parameters exponentials = _exponentials.Vector;
        for (int row = 0; row < _rows; row++)
        {
            ReadOnlyInt8Vector input = _input.Int8().Slice(row * _columns, _columns);
            int largest = Largest(input);
            int scale = Reciprocal.Of(SumOfExponentials(input, largest, exponentials), SumIntegerBits, out int bitsOverUnit);
            if (_wide)
            {
                Scale16(input, largest, exponentials, scale, bitsOverUnit + 15, _output.Int16().Slice(row * _columns, _columns));
            }
            else
            {
                Scale8(input, largest, exponentials, scale, bitsOverUnit + 23, _output.Int8().Slice(row * _columns, _columns));
            }
        }
    }

    private static void Scale8(ReadOnlyInt8Vector input, int largest, Int32Parameters exponentials, int scale, int exponent, Int8Vector output)
    {
        for (int i = 0; i < output.Length; i++)
        {
            int below = largest - input[i];
            int share = below < exponentials.Length ? Share(exponentials[below], scale, exponent) : 0;
            output[i] = (sbyte)FixedPoint.Clamp(share - 128, sbyte.MinValue, sbyte.MaxValue);
        }
    }

    private static void Scale16(ReadOnlyInt8Vector input, int largest, Int32Parameters exponentials, int scale, int exponent, Int16Vector output)
    {
        for (int i = 0; i < output.Length; i++)
        {
            int below = largest - input[i];
            int share = below < exponentials.Length ? Share(exponentials[below], scale, exponent) : 0;
            output[i] = (short)FixedPoint.Clamp(share - 32768, short.MinValue, short.MaxValue);
        }
    }

    private static int Share(int exponential, int scale, int exponent)
    {
        int product = FixedPoint.SaturatingRoundingDoublingHighMultiply(scale, exponential);
        return exponent > 31 ? 0 : FixedPoint.RoundingDivideByPowerOfTwo(product, exponent);
    }
}
