using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>The logarithm of softmax of each row of 8-bit elements.</summary>
/// <remarks>
/// Inputs: data [rows, columns] in any shape (int8). Output: int8, as many elements, in steps of 2^-4 with 127 standing for 0. Attributes:
/// columns; those of <see cref="Exponentials"/>; multiplier and shift (-31 to 0) of the way back from Q5.26 to distances.
/// </remarks>
internal sealed class LogSoftmax : Operator
{
    private const int OutputIntegerBits = 4;

    private readonly Exponentials _exponentials;
    private readonly TensorData _input;
    private readonly TensorData _output;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _inverseMultiplier;
    private readonly int _inverseShift;

    internal LogSoftmax(OperatorReader reader)
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
        _exponentials = new Exponentials(reader, input.ElementCount);
        _inverseMultiplier = reader.Attribute("inverse multiplier", 0, int.MaxValue);
        _inverseShift = reader.Attribute("inverse shift", -31, 0);
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
        int largest = Exponentials.Largest(input);
        int logarithm = Logarithm.Of(_exponentials.Sum(input, largest), Exponentials.SumIntegerBits, Exponentials.ArgumentIntegerBits);

        // Elements at this distance or further from the largest would leave Q5.26 once the logarithm is subtracted.
        int limit = Requantization.MultiplyByQuantizedMultiplier(logarithm + int.MinValue, _inverseMultiplier, _inverseShift);
        if (limit < -_exponentials.Count)
        {
            limit = -_exponentials.Count;
        }

        for (int i = 0; i < output.Length; i++)
        {
            int distance = input[i] - largest;
            if (distance <= limit)
            {
                output[i] = sbyte.MinValue;
                continue;
            }

            int scaled = Requantization.MultiplyByQuantizedMultiplier(distance, _exponentials.Multiplier, _exponentials.Shift) - logarithm;
            int result = FixedPoint.RoundingDivideByPowerOfTwo(scaled, 31 - Exponentials.ArgumentIntegerBits - OutputIntegerBits) + sbyte.MaxValue;
            output[i] = (sbyte)FixedPoint.Clamp(result, sbyte.MinValue, sbyte.MaxValue);
        }
    }
}
