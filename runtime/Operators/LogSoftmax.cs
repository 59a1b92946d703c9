using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>The logarithm of softmax of each row: of 8-bit elements as TensorFlow Lite computes it, of 16-bit ones in the same way.</summary>
/// <remarks>
/// Inputs: data [rows, columns] in any shape (int8 or int16, then of at most 4095 columns). Output: type of the data, as many elements, in steps
/// of 2^-4 with 127 standing for 0, for int16 of 2^-11 with 0 for 0. Attributes: columns; those of <see cref="Exponentials"/>; multiplier and
/// shift (-31 to 0) of the way back from Q5.26 to distances.
/// </remarks>
internal sealed class LogSoftmax : Operator
{
    private const int FractionBits = 4;
    private const int WideFractionBits = 11;
    private const int MostWideColumns = 4095;

    private readonly KernelSet _kernels;
    private readonly Workspace _workspace;
    private readonly Exponentials _exponentials;
    private readonly TensorData _input;
    private readonly TensorData _output;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _inverseMultiplier;
    private readonly int _inverseShift;
    private readonly bool _wide;

    internal LogSoftmax(OperatorReader reader)
    {
        reader.RequireOperands(1, 1, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo output = reader.Output(0);
        _wide = input.Type == ElementType.Int16;
        reader.RequireType(input, _wide ? ElementType.Int16 : ElementType.Int8);
        reader.RequireType(output, input.Type);
        reader.RequireElements(output, input.ElementCount);
        _columns = reader.Attribute("columns", 1, _wide && input.ElementCount > MostWideColumns ? MostWideColumns : input.ElementCount);
        _rows = input.ElementCount / _columns;
        reader.RequireElements(input, _rows * _columns);
        _exponentials = new Exponentials(reader, input.ElementCount, _wide);
        _inverseMultiplier = reader.Attribute("inverse multiplier", 0, int.MaxValue);
        _inverseShift = reader.Attribute("inverse shift", -31, 0);
        _kernels = reader.Kernels;
        _workspace = reader.Workspace;
        _workspace.Require(_columns < ElementBlock.Length ? _columns : ElementBlock.Length);
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

    private void RunRow8(ReadOnlyInt8Vector input, Int8Vector output)
    {
        int largest = _kernels.Largest(input);
        int sum = 0;
        for (int start = 0; start < _columns; start += ElementBlock.Length)
        {
            int count = _columns - start < ElementBlock.Length ? _columns - start : ElementBlock.Length;
            sum += _exponentials.Load(input.Slice(start, count), largest, _workspace.Int32);
        }

        int logarithm = Logarithm.Of(sum, Exponentials.SumIntegerBits, Exponentials.ArgumentIntegerBits);
        int limit = Limit(logarithm);
        for (int i = 0; i < output.Length; i++)
        {
            int distance = input[i] - largest;
            int result = distance <= limit ? sbyte.MinValue : Steps(distance, logarithm, FractionBits) + sbyte.MaxValue;
            output[i] = (sbyte)FixedPoint.Clamp(result, sbyte.MinValue, sbyte.MaxValue);
        }
    }

    private void RunRow16(ReadOnlyInt16Vector input, Int16Vector output)
    {
        int largest = Exponentials.Largest(input);
        int logarithm = Logarithm.Of(_exponentials.Sum(input, largest), Exponentials.SumIntegerBits, Exponentials.ArgumentIntegerBits);
        int limit = Limit(logarithm);
        for (int i = 0; i < output.Length; i++)
        {
            int distance = input[i] - largest;
            int result = distance <= limit ? short.MinValue : Steps(distance, logarithm, WideFractionBits);
            output[i] = (short)FixedPoint.Clamp(result, short.MinValue, 0);
        }
    }

    /// <summary>Elements at this distance or further from the largest would leave Q5.26 once the logarithm is subtracted.</summary>
    private int Limit(int logarithm)
    {
        int limit = Requantization.MultiplyByQuantizedMultiplier(logarithm + int.MinValue, _inverseMultiplier, _inverseShift);
        return limit < -_exponentials.Count ? -_exponentials.Count : limit;
    }

    /// <summary>The result of a distance, in steps with so many bits below the point.</summary>
    private int Steps(int distance, int logarithm, int fractionBits)
    {
        int scaled = Requantization.MultiplyByQuantizedMultiplier(distance, _exponentials.Multiplier, _exponentials.Shift) - logarithm;
        return FixedPoint.RoundingDivideByPowerOfTwo(scaled, 31 - Exponentials.ArgumentIntegerBits - fractionBits);
    }
}
