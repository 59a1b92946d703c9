using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// The results of an operator that finds their scale itself: 32-bit integers of a common unit at first, and when all are there, 8-bit elements
/// that make full use of the range that the results take.
/// </summary>
/// <remarks>
/// Outputs: data (int8), their scale (int32 [3], as <see cref="DynamicOperand"/> reads it). Scratch 0: int32, as many as data. Attribute:
/// symmetric (0 or 1). The range is from the smallest result to the largest, 0 always among them, at least one unit; symmetric: from 0 to the
/// result furthest from it. With r x 2^(e - 31) the range and n = 255 steps (symmetric: 127), the elements of a unit are n x 2^55 / r, cut to an
/// integer, x 2^(-24 - e), and a step is r x 2^31 / n, cut to an integer, x 2^(e - 62), x the unit. All such numbers are held as multiplier x
/// 2^(shift - 31) with a multiplier from 2^30 to 2^31 - 1, rounded to nearest, halves up. The zero point is -128 - requantize(smallest result)
/// (symmetric: 0), an element is clamp(requantize(result) + zero point), both with the elements of a unit. A shift of the step beyond -127 to
/// 127 is moved into it.
/// </remarks>
internal sealed class DynamicResults
{
    private const int Steps = 255;
    private const int SymmetricSteps = 127;

    private readonly Workspace _workspace;
    private readonly TensorData _accumulators;
    private readonly TensorData _data;
    private readonly TensorData _scale;
    private readonly bool _symmetric;
    private int _smallest;
    private int _largest;

    /// <summary>Checks outputs 0 and 1 and scratch 0, and reads the attribute.</summary>
    internal DynamicResults(OperatorReader reader)
    {
        TensorInfo data = reader.Output(0);
        TensorInfo scale = reader.Output(1);
        TensorInfo accumulators = reader.Scratch(0);
        reader.RequireType(data, ElementType.Int8);
        reader.RequireType(scale, ElementType.Int32);
        reader.RequireElements(scale, DynamicOperand.ScaleElements);
        reader.RequireType(accumulators, ElementType.Int32);
        reader.RequireElements(accumulators, data.ElementCount);
        _symmetric = reader.Attribute("symmetric", 0, 1) == 1;
        _data = reader.Data(data);
        _scale = reader.Data(scale);
        _accumulators = reader.Data(accumulators);
        _workspace = reader.Workspace;
    }

    /// <summary>Forgets the results of the inference before.</summary>
    internal void Begin()
    {
        _smallest = 0;
        _largest = 0;
    }

    /// <summary>Takes results from the start of the workspace.</summary>
    /// <param name="first">The element of the output that the first of them makes.</param>
    /// <param name="count">How many there are.</param>
    internal void Add(int first, int count)
    {
        int[] results = _workspace.Int32;
        Int32Vector accumulators = _accumulators.Int32().Slice(first, count);
        int smallest = _smallest;
        int largest = _largest;
        for (int i = 0; i < count; i++)
        {
            int result = results[i];
            accumulators[i] = result;
            smallest = result < smallest ? result : smallest;
            largest = result > largest ? result : largest;
        }

        _smallest = smallest;
        _largest = largest;
    }

    /// <summary>Writes data and scale, when all results have been taken.</summary>
    /// <param name="unit">What one unit of the results stands for.</param>
    internal void Finish(RealScale unit)
    {
        long range = _symmetric ? LargestMagnitude() : (long)_largest - _smallest;
        int steps = _symmetric ? SymmetricSteps : Steps;
        RealScale rangeInUnits = RealScale.Of(range == 0 ? 1 : range, 0);
        RealScale stepsOfUnit = rangeInUnits.Under(steps);
        int multiplier = stepsOfUnit.Multiplier;
        int shift = stepsOfUnit.Shift;
        int zeroPoint = _symmetric ? 0 : sbyte.MinValue - Requantization.MultiplyByQuantizedMultiplier(_smallest, multiplier, shift);
        ReadOnlyInt32Vector accumulators = _accumulators.Int32();
        Int8Vector data = _data.Int8();
        for (int i = 0; i < data.Length; i++)
        {
            int element = Requantization.MultiplyByQuantizedMultiplier(accumulators[i], multiplier, shift) + zeroPoint;
            data[i] = (sbyte)FixedPoint.Clamp(element, sbyte.MinValue, sbyte.MaxValue);
        }

        RealScale step = rangeInUnits.Over(steps).Times(unit);
        Int32Vector scale = _scale.Int32();
        scale[0] = step.Multiplier;
        scale[1] = FixedPoint.Clamp(step.Shift, -DynamicOperand.LargestShift, DynamicOperand.LargestShift);
        scale[2] = zeroPoint;
    }

    private long LargestMagnitude()
    {
        long below = -(long)_smallest;
        return below > _largest ? below : _largest;
    }
}
