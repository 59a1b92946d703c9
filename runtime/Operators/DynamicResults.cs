using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// The results of an operator that finds their scale itself: 32-bit integers of a common unit at first, and when all are there, 8-bit elements
/// that make full use of the range that the results take. Where there is no room to keep all results they are computed twice: for their range,
/// then for the elements.
/// </summary>
/// <remarks>
/// Outputs: data (int8), their scale (int32 [3], as <see cref="DynamicOperand"/> reads it). Scratch 0: int32, as many as data; absent if results
/// are computed twice, and then data share no byte with an input. Attribute: symmetric (0 or 1). The range is from the smallest result to the
/// largest, 0 always among them, at least one unit; symmetric: from 0 to the result furthest from it. With r x 2^(e - 31) the range and n = 255
/// steps (symmetric: 127), the elements of a unit are n x 2^55 / r, cut to an integer, x 2^(-24 - e), and a step is r x 2^31 / n, cut to an
/// integer, x 2^(e - 62), x the unit. All such numbers are held as multiplier x 2^(shift - 31) with a multiplier from 2^30 to 2^31 - 1, rounded
/// to nearest, halves up. The zero point is -128 - requantize(smallest result) (symmetric: 0), an element is clamp(requantize(result) + zero
/// point), both with the elements of a unit. A shift of the step beyond -127 to 127 is moved into it.
/// </remarks>
internal sealed class DynamicResults
{
    private const int Steps = 255;
    private const int SymmetricSteps = 127;

    private readonly Workspace _workspace;
    private readonly TensorData _results;
    private readonly TensorData _data;
    private readonly TensorData _scale;
    private readonly bool _symmetric;
    private bool _writes;
    private int _smallest;
    private int _largest;
    private int _multiplier;
    private int _shift;
    private int _zeroPoint;

    /// <summary>Checks outputs 0 and 1 and scratch 0, and reads the attribute.</summary>
    internal DynamicResults(OperatorReader reader)
    {
        TensorInfo data = reader.Output(0);
        TensorInfo scale = reader.Output(1);
        reader.RequireType(data, ElementType.Int8);
        reader.RequireType(scale, ElementType.Int32);
        reader.RequireElements(scale, DynamicOperand.ScaleElements);
        _symmetric = reader.Attribute("symmetric", 0, 1) == 1;
        _data = reader.Data(data);
        _scale = reader.Data(scale);
        _workspace = reader.Workspace;
        if (ScratchOf(reader) == 1)
        {
            reader.RequireElements(reader.Scratch(0), data.ElementCount);
            _results = reader.Data(reader.Scratch(0));
        }
        else
        {
            RequireApart(reader, data);
        }
    }

    /// <summary>The scratch tensors that results take: 1 if they are kept, 0 if they are computed twice.</summary>
    internal static int ScratchOf(OperatorReader reader)
    {
        return reader.ScratchCount > 0 && reader.Scratch(0).Type == ElementType.Int32 ? 1 : 0;
    }

    /// <summary>Forgets the results of the inference before.</summary>
    internal void Begin()
    {
        _writes = false;
        _smallest = 0;
        _largest = 0;
    }

    /// <summary>Takes results from the start of the workspace.</summary>
    /// <param name="first">The element of the output that the first of them makes.</param>
    /// <param name="count">How many there are.</param>
    internal void Add(int first, int count)
    {
        if (_writes)
        {
            Write(first, count);
            return;
        }

        int[] results = _workspace.Int32;
        int smallest = _smallest;
        int largest = _largest;
        for (int i = 0; i < count; i++)
        {
            int result = results[i];
            smallest = result < smallest ? result : smallest;
            largest = result > largest ? result : largest;
        }

        _smallest = smallest;
        _largest = largest;
        if (!_results.IsEmpty)
        {
            Int32Vector kept = _results.Int32().Slice(first, count);
            for (int i = 0; i < count; i++)
            {
                kept[i] = results[i];
            }
        }
    }

    /// <summary>Writes the scale, when all results have been taken, and the data if results have been kept.</summary>
    /// <param name="unit">What one unit of the results stands for.</param>
    /// <returns>True if all results are needed once more.</returns>
    internal bool Finish(RealScale unit)
    {
        long range = _symmetric ? LargestMagnitude() : (long)_largest - _smallest;
        int steps = _symmetric ? SymmetricSteps : Steps;
        RealScale rangeInUnits = RealScale.Of(range == 0 ? 1 : range, 0);
        RealScale elementsOfUnit = rangeInUnits.Under(steps);
        _multiplier = elementsOfUnit.Multiplier;
        _shift = elementsOfUnit.Shift;
        _zeroPoint = _symmetric ? 0 : sbyte.MinValue - Requantization.MultiplyByQuantizedMultiplier(_smallest, _multiplier, _shift);
        RealScale step = rangeInUnits.Over(steps).Times(unit);
        Int32Vector scale = _scale.Int32();
        scale[0] = step.Multiplier;
        scale[1] = FixedPoint.Clamp(step.Shift, -DynamicOperand.LargestShift, DynamicOperand.LargestShift);
        scale[2] = _zeroPoint;
        _writes = _results.IsEmpty;
        if (!_writes)
        {
            WriteKept();
        }

        return _writes;
    }

    private static void RequireApart(OperatorReader reader, TensorInfo data)
    {
        for (int i = 0; i < reader.InputCount; i++)
        {
            if (reader.HasInput(i))
            {
                TensorInfo input = reader.Input(i);
                bool apart = input.Storage != data.Storage || input.Offset >= data.Offset + data.ByteLength || data.Offset >= input.Offset + input.ByteLength;
                reader.Require(apart, "it computes its results twice, and writes them over an input.");
            }
        }
    }

    private void Write(int first, int count)
    {
        int[] results = _workspace.Int32;
        Int8Vector data = _data.Int8().Slice(first, count);
        for (int i = 0; i < count; i++)
        {
            data[i] = Element(results[i]);
        }
    }

    private void WriteKept()
    {
        ReadOnlyInt32Vector results = _results.Int32();
        Int8Vector data = _data.Int8();
        for (int i = 0; i < data.Length; i++)
        {
            data[i] = Element(results[i]);
        }
    }

    private sbyte Element(int result)
    {
        return (sbyte)FixedPoint.Clamp(Requantization.MultiplyByQuantizedMultiplier(result, _multiplier, _shift) + _zeroPoint, sbyte.MinValue, sbyte.MaxValue);
    }

    private long LargestMagnitude()
    {
        long below = -(long)_smallest;
        return below > _largest ? below : _largest;
    }
}
