using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>The logarithm of softmax of each row of 8-bit elements.</summary>
/// <remarks>
/// Inputs: data [rows, columns] in any shape (int8), exponentials (as those of <see cref="Softmax"/>). Output: int8, as many elements, in steps
/// of 2^-4 with 127 standing for 0. Attributes: columns; multiplier and shift (0 to 30), which bring a distance between elements to Q5.26;
/// multiplier and shift (-31 to 0) of the way back.
/// </remarks>
internal sealed class LogSoftmax : Operator
{
    private const int DistanceIntegerBits = 5;
    private const int OutputIntegerBits = 4;

    private readonly Int32ParameterData _exponentials;
    private readonly TensorData _input;
    private readonly TensorData _output;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _multiplier;
    private readonly int _shift;
    private readonly int _inverseMultiplier;
    private readonly int _inverseShift;

    internal LogSoftmax(OperatorReader reader)
    {
        reader.RequireOperands(2, 1, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo table = reader.Input(1);
        TensorInfo output = reader.Output(0);
        reader.RequireType(input, ElementType.Int8);
        reader.RequireType(output, ElementType.Int8);
        reader.RequireElements(output, input.ElementCount);
        reader.Require(table.ElementCount <= 256, "the table has more than 256 entries.");
        _exponentials = reader.Int32Parameters(table, table.ElementCount);
        _columns = reader.Attribute("columns", 1, input.ElementCount);
        _rows = input.ElementCount / _columns;
        reader.RequireElements(input, _rows * _columns);
        _multiplier = reader.Attribute("multiplier", 0, int.MaxValue);
        _shift = reader.Attribute("shift", 0, 30);
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
        Int32Parameters exponentials = _exponentials.Vector;
        int largest = Softmax.Largest(input);
        int logarithm = Logarithm.Of(Softmax.SumOfExponentials(input, largest, exponentials), Softmax.SumIntegerBits, DistanceIntegerBits);

        // Elements at this distance or further from the largest would leave Q5.26 once the logarithm is subtracted.
        int limit = Requantization.MultiplyByQuantizedMultiplier(logarithm + int.MinValue, _inverseMultiplier, _inverseShift);
        if (limit < -exponentials.Length)
        {
            limit = -exponentials.Length;
        }

        for (int i = 0; i < output.Length; i++)
        {
            int distance = input[i] - largest;
            if (distance <= limit)
            {
                output[i] = sbyte.MinValue;
                continue;
            }

            int scaled = Requantization.MultiplyByQuantizedMultiplier(distance, _multiplier, _shift) - logarithm;
            int result = FixedPoint.RoundingDivideByPowerOfTwo(scaled, 31 - DistanceIntegerBits - OutputIntegerBits) + sbyte.MaxValue;
            output[i] = (sbyte)FixedPoint.Clamp(result, sbyte.MinValue, sbyte.MaxValue);
        }
    }
}
