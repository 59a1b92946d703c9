using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// How the rows of a product with constant weights (the output channels of a convolution) become results of one common unit, which depends on
/// the scale that the input has at run time: a multiplier and shift for each row, a bias, a clamp.
/// </summary>
/// <remarks>
/// Inputs: bias (int32, may be absent), multipliers (int32), shifts (int8); multipliers and shifts are one for each row, or one for all.
/// A weight's scale is multiplier x 2^(shift - 31), the multiplier 2^30 or above (0 for rows that stay 0), the shift -127 to 127. A bias is its
/// element x 2^(bias shift - 31). Attributes: weight offset (-127 to 128, minus the zero point); bias shift; lower multiplier (0 and below)
/// and shift, upper multiplier (0 and above) and shift: results are clamped to these numbers. Shifts are -127 to 127. Accumulators have 32 bits,
/// which the depth must not exceed: 255 x (128, packed 8, + |weight offset|) x depth is below 2^31. With a the bits of this bound, the unit is the
/// input's scale x 2^k for the smallest k for which neither the largest shift + a nor bias shift + 1 - the input's shift (only with a bias) is above
/// k + 29: results stay below 2^30 + 2. Bias and clamp are divided by the unit: the quotient of the multipliers in units of 2^-31, cut towards 0, then
/// rounded to nearest, halves up, held within -2^30 to 2^30. A result is clamp(requantize(accumulator) + bias), with the row's multiplier and its shift
/// - k; below -31 that is 0.
/// </remarks>
internal sealed class DynamicRows
{
    private const int LargestElement = 255;
    private const int SmallestMultiplier = 1 << 30;
    private const int SmallestShift = -31;
    private const int HeadroomBits = 29;
    private const int ResultLimit = 1 << 30;

    private readonly Workspace _workspace;
    private readonly Int32ParameterData _bias;
    private readonly Int32ParameterData _multipliers;
    private readonly TensorData _shifts;
    private readonly int _rows;
    private readonly int _perRow;
    private readonly int _productBits;
    private readonly int _biasShift;
    private readonly int _lowerMultiplier;
    private readonly int _lowerShift;
    private readonly int _upperMultiplier;
    private readonly int _upperShift;
    private int _exponent;
    private int _lowest;
    private int _highest;

    /// <summary>Checks the inputs, which follow each other, and reads the attributes.</summary>
    /// <param name="reader">The operator's reader.</param>
    /// <param name="firstInput">The position of the bias among the inputs.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="depth">The products that an accumulator sums up.</param>
    /// <param name="weights">The weights, in any encoding.</param>
    internal DynamicRows(OperatorReader reader, int firstInput, int rows, int depth, TensorInfo weights)
    {
        _rows = rows;
        if (reader.HasInput(firstInput))
        {
            _bias = reader.Int32Parameters(reader.Input(firstInput), rows);
        }

        TensorInfo multipliers = reader.Input(firstInput + 1);
        TensorInfo shifts = reader.Input(firstInput + 2);
        int count = multipliers.ElementCount;
        reader.Require(count == rows || count == 1, "it has neither one multiplier nor one for each output channel.");
        _perRow = count == 1 ? 0 : 1;
        _multipliers = reader.Int32Parameters(multipliers, count);
        reader.RequireType(shifts, ElementType.Int8);
        reader.RequireElements(shifts, count);
        reader.Require(shifts.Storage == TensorStorage.Constant, "its parameters are not in the constants section.");
        _shifts = reader.Data(shifts);
        WeightOffset = reader.Attribute("weight offset", -127, 128);
        _biasShift = Shift(reader, "bias shift");
        _lowerMultiplier = reader.Attribute("lower multiplier", int.MinValue, 0);
        _lowerShift = Shift(reader, "lower shift");
        _upperMultiplier = reader.Attribute("upper multiplier", 0, int.MaxValue);
        _upperShift = Shift(reader, "upper shift");
        int largestWeight = (weights.Encoding == TensorEncoding.PackedInt4 ? 8 : 128) + (WeightOffset < 0 ? -WeightOffset : WeightOffset);
        long bound = (long)depth * largestWeight * LargestElement;
        reader.Require(bound <= int.MaxValue, "its accumulators may exceed 32 bits: they sum up " + depth.ToString() + " products.");
        _productBits = LargestShift(reader, count) + 32 - LeadingZeros.Count((uint)bound);
        _workspace = reader.Workspace;
        _workspace.Require(2 * rows);
    }

    /// <summary>Added to each weight: minus its zero point, 0 for symmetric weights.</summary>
    internal int WeightOffset { get; }

    /// <summary>Prepares for an input of a scale: bias and clamp in units of the results.</summary>
    /// <returns>What one unit of the results stands for.</returns>
    internal RealScale Begin(RealScale input)
    {
        _exponent = _productBits - HeadroomBits;
        int biasExponent = _biasShift + 1 - input.Shift - HeadroomBits;
        if (_bias.Count > 0 && biasExponent > _exponent)
        {
            _exponent = biasExponent;
        }

        RealScale unit = new RealScale(input.Multiplier, input.Shift + _exponent);
        int[] workspace = _workspace.Int32;
        Int32Parameters bias = _bias.Vector;
        for (int row = 0; row < _rows; row++)
        {
            workspace[_rows + row] = bias.Length == 0 ? 0 : unit.Into(bias[row], _biasShift, ResultLimit);
        }

        _lowest = unit.Into(_lowerMultiplier, _lowerShift, ResultLimit);
        _highest = unit.Into(_upperMultiplier, _upperShift, ResultLimit);
        return unit;
    }

    /// <summary>Makes results of the accumulators at the start of the workspace, in their place.</summary>
    /// <param name="firstRow">The row of the first accumulator.</param>
    /// <param name="count">How many there are.</param>
    internal void Finish(int firstRow, int count)
    {
        int[] sums = _workspace.Int32;
        Int32Parameters multipliers = _multipliers.Vector;
        ReadOnlyInt8Vector shifts = _shifts.Int8();
        for (int i = 0; i < count; i++)
        {
            int channel = (firstRow + i) * _perRow;
            int shift = shifts[channel] - _exponent;
            int product = shift < SmallestShift ? 0 : Requantization.MultiplyByQuantizedMultiplier(sums[i], multipliers[channel], shift);
            sums[i] = FixedPoint.Clamp(product + sums[_rows + firstRow + i], _lowest, _highest);
        }
    }

    private static int Shift(OperatorReader reader, string name)
    {
        return reader.Attribute(name, -DynamicOperand.LargestShift, DynamicOperand.LargestShift);
    }

    /// <summary>Checks multipliers and shifts, and gives the largest shift of a multiplier that is not 0.</summary>
    private int LargestShift(OperatorReader reader, int count)
    {
        ReadOnlyInt8Vector shifts = _shifts.Int8();
        Int32Parameters multipliers = _multipliers.Vector;
        int largest = -DynamicOperand.LargestShift;
        for (int i = 0; i < count; i++)
        {
            reader.Require(shifts[i] >= -DynamicOperand.LargestShift, "a shift is outside -127 to 127.");
            reader.Require(multipliers[i] == 0 || multipliers[i] >= SmallestMultiplier, "a multiplier is neither 0 nor 2^30 to 2^31 - 1.");
            largest = multipliers[i] != 0 && shifts[i] > largest ? shifts[i] : largest;
        }

        return largest;
    }
}
