using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Softmax of each row of 16-bit elements, by interpolation in two tables.</summary>
/// <remarks>
/// Inputs: data [rows, columns] in any shape (int16), exponentials (513 int16: exp from -10 to 0, in Q0.15), reciprocals (513 int16: 1 / (1 + x)
/// for x from 0 to 1, in Q0.15). Output: int16 in units of 2^-15, as many elements. Attributes: columns; multiplier and shift (-31 to 30), which
/// bring the distance to a row's largest element to steps of 10 / 65535.
/// </remarks>
internal sealed class SoftmaxInt16 : Operator
{
    private readonly Int16ParameterData _exponentials;
    private readonly Int16ParameterData _reciprocals;
    private readonly TensorData _input;
    private readonly TensorData _output;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _multiplier;
    private readonly int _shift;

    internal SoftmaxInt16(OperatorReader reader)
    {
        reader.RequireOperands(3, 1, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo output = reader.Output(0);
        reader.RequireType(input, ElementType.Int16);
        reader.RequireType(output, ElementType.Int16);
        reader.RequireElements(output, input.ElementCount);
        _exponentials = reader.Int16Parameters(reader.Input(1), InterpolatedTable.EntryCount);
        _reciprocals = reader.Int16Parameters(reader.Input(2), InterpolatedTable.EntryCount);
        _columns = reader.Attribute("columns", 1, input.ElementCount);
        _rows = input.ElementCount / _columns;
        reader.RequireElements(input, _rows * _columns);
        _multiplier = reader.Attribute("multiplier", 0, int.MaxValue);
        _shift = reader.Attribute("shift", -31, 30);
        _input = reader.Data(input);
        _output = reader.Data(output);
    }

    internal override void Run()
    {
        for (int row = 0; row < _rows; row++)
        {
            RunRow(_input.Int16().Slice(row * _columns, _columns), _output.Int16().Slice(row * _columns, _columns));
        }
    }

    private void RunRow(ReadOnlyInt16Vector input, Int16Vector output)
    {
        int largest = Exponentials.Largest(input);
        int sum = 0;
        Int16Parameters exponentials = _exponentials.Vector;
        for (int i = 0; i < output.Length; i++)
        {
            // From steps below the largest to the table's argument, whose highest value stands for no step.
            int argument = Requantization.MultiplyByQuantizedMultiplier(input[i] - largest, _multiplier, _shift) + short.MaxValue;
            output[i] = InterpolatedTable.LookUp(FixedPoint16.Saturate(argument), exponentials);
            sum += output[i];
        }

        // The sum, shifted to between 1 and 2 in Q16, becomes the reciprocal table's argument.
        int headroom = LeadingZeros.Count((uint)sum) - 1;
        int mantissa = (int)((((long)sum << headroom) + (1 << 13)) >> 14);
        int reciprocal = InterpolatedTable.LookUp(FixedPoint16.Saturate(mantissa - (1 << 15) - (1 << 16)), _reciprocals.Vector);
        int shift = FixedPoint.Clamp(30 - headroom, 1, 31);
        for (int i = 0; i < output.Length; i++)
        {
            int share = (int)((((long)output[i] * reciprocal) + (1L << (shift - 1))) >> shift);
            output[i] = (short)FixedPoint.Clamp(share, 0, short.MaxValue);
        }
    }
}
