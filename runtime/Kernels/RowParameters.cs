using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// How the rows of a matrix product (the output channels of a convolution) become outputs: bias, multiplier and shift of each row, offsets
/// and clamp.
/// </summary>
internal sealed partial class RowParameters
{
    private const int MinimumShift = -31;
    private const int MaximumShift = 30;
    private const int MaximumWideShift = 14;

    private readonly Int32ParameterData _bias;
    private readonly Int64ParameterData _wideBias;
    private readonly Int32ParameterData _multipliers;
    private readonly TensorData _shifts;
    private readonly bool _is16Bits;

    /// <summary>
    /// Reads inputs 'bias' (int32 or int64, may be absent), 'multipliers' (int32) and 'shifts' (int8), which follow each other from
    /// <paramref name="firstInput"/>, and the attributes input offset, weight offset, output offset, output minimum, output maximum and, with
    /// 16-bit inputs, accumulator width (32 or 64).
    /// </summary>
    /// <param name="reader">The operator's reader.</param>
    /// <param name="firstInput">The position of the bias among the inputs.</param>
    /// <param name="rows">The number of rows; multipliers and shifts have as many, or one for all.</param>
    /// <param name="data">The type of the inputs.</param>
    /// <param name="output">The type that the outputs are clamped to.</param>
    internal RowParameters(OperatorReader reader, int firstInput, int rows, ElementType data, ElementType output)
    {
        if (reader.HasInput(firstInput))
        {
            TensorInfo bias = reader.Input(firstInput);
            if (bias.Type == ElementType.Int64)
            {
                _wideBias = reader.Int64Parameters(bias, rows);
            }
            else
            {
                _bias = reader.Int32Parameters(bias, rows);
            }
        }

        TensorInfo multipliers = reader.Input(firstInput + 1);
        TensorInfo shifts = reader.Input(firstInput + 2);
        Rows = rows;
        _is16Bits = data == ElementType.Int16;
        int count = multipliers.ElementCount;
        reader.Require(count == rows || count == 1, "it has neither one multiplier nor one for each output channel.");
        _multipliers = reader.Int32Parameters(multipliers, count);
        reader.RequireType(shifts, ElementType.Int8);
        reader.RequireElements(shifts, count);
        _shifts = reader.Data(shifts);
        PerRow = count == 1 ? 0 : 1;
        int inputLimit = LimitOf(data);
        int limit = LimitOf(output);
        InputOffset = reader.Attribute("input offset", -inputLimit + 1, inputLimit);
        WeightOffset = reader.Attribute("weight offset", -127, 128);
        OutputOffset = reader.Attribute("output offset", -limit, limit - 1);
        Minimum = reader.Attribute("output minimum", -limit, limit - 1);
        Maximum = reader.Attribute("output maximum", Minimum, limit - 1);
        Wide = data == ElementType.Int16 && reader.Attribute("accumulator width", 32, 64) == 64;
        reader.Require(Wide || _wideBias.Count == 0, "a 64-bit bias needs 64-bit accumulators.");
        RequireShifts(reader, count, Wide ? MaximumWideShift : MaximumShift);
    }

    /// <summary>The number of rows.</summary>
    internal int Rows { get; }

    /// <summary>The bytes of an input element, 1 or 2.</summary>
    internal int DataBytes => _is16Bits ? 2 : 1;

    /// <summary>Added to each input element: minus its zero point.</summary>
    internal int InputOffset { get; }

    /// <summary>Added to each weight: minus its zero point, 0 for symmetric weights.</summary>
    internal int WeightOffset { get; }

    /// <summary>The output's zero point.</summary>
    internal int OutputOffset { get; }

    internal int Minimum { get; }

    internal int Maximum { get; }

    /// <summary>True where 16-bit inputs accumulate in 64 bits.</summary>
    internal bool Wide { get; }

    /// <summary>0 if one multiplier serves all rows, 1 if each row has its own.</summary>
    internal int PerRow { get; }

    internal bool HasBias => _bias.Count > 0;

    internal bool HasWideBias => _wideBias.Count > 0;

    internal Int32Parameters Bias => _bias.Vector;

    internal Int64Parameters WideBias => _wideBias.Vector;

    internal Int32Parameters Multipliers => _multipliers.Vector;

    internal ReadOnlyInt8Vector Shifts => _shifts.Int8();

    /// <summary>The output of a row from its accumulator, bias included.</summary>
    internal int Finish(int accumulator, int multiplier, int shift)
    {
        int value = Requantization.MultiplyByQuantizedMultiplier(accumulator, multiplier, shift) + OutputOffset;
        return value < Minimum ? Minimum : value > Maximum ? Maximum : value;
    }

    /// <summary>The output of a row from its 64-bit accumulator, bias included.</summary>
    internal int Finish(long accumulator, int multiplier, int shift)
    {
        int value = Requantization.MultiplyByQuantizedMultiplier(accumulator, multiplier, shift) + OutputOffset;
        return value < Minimum ? Minimum : value > Maximum ? Maximum : value;
    }

    private static int LimitOf(ElementType type)
    {
        return type == ElementType.Int16 ? 32768 : 128;
    }

    private void RequireShifts(OperatorReader reader, int count, int maximum)
    {
        ReadOnlyInt8Vector shifts = _shifts.Int8();
        Int32Parameters multipliers = _multipliers.Vector;
        for (int i = 0; i < count; i++)
        {
            reader.Require(shifts[i] >= MinimumShift && shifts[i] <= maximum, "a shift is outside -31 to 30 (14 for 64-bit accumulators).");
            reader.Require(multipliers[i] >= 0, "a multiplier is negative.");
        }
    }
}
