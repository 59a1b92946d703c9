using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// Elements of a fixed scale from elements whose scale was found at run time: for operators that need to know it beforehand. What does not fit
/// is clamped.
/// </summary>
/// <remarks>
/// Inputs: data (int8), scale of the data (int32 [3], may be absent). Output: int8 or int16, as many elements. Attributes: those of
/// <see cref="DynamicOperand"/>; output multiplier (2^30 to 2^31 - 1) and shift (-127 to 127), which make 1 / the output's scale =
/// multiplier x 2^(shift - 31); output zero point, output minimum, output maximum. With m x 2^(s - 31) the product of that number and the data's
/// scale, m from 2^30 to 2^31 - 1, rounded to nearest, halves up, and s moved into -31 to 22, an output is clamp(((element - zero point) x m +
/// 2^(30 - s)) / 2^(31 - s), rounded down, + output zero point).
/// </remarks>
internal sealed class Settle : Operator
{
    private const int SmallestMultiplier = 1 << 30;
    private const int SmallestShift = -31;

    // Here one step of the data is more than 16 bits hold; further to the left it might be more than 32 bits hold.
    private const int LargestShift = 22;

    private readonly DynamicOperand _input;
    private readonly TensorData _output;
    private readonly RealScale _stepsOfUnit;
    private readonly int _outputZeroPoint;
    private readonly int _minimum;
    private readonly int _maximum;
    private readonly bool _wide;

    internal Settle(OperatorReader reader)
    {
        reader.RequireOperands(2, 1, 0);
        TensorInfo output = reader.Output(0);
        _wide = output.Type == ElementType.Int16;
        reader.RequireType(output, _wide ? ElementType.Int16 : ElementType.Int8);
        reader.RequireElements(output, reader.Input(0).ElementCount);
        _input = new DynamicOperand(reader, "data", 0, 1);
        int multiplier = reader.Attribute("output multiplier", SmallestMultiplier, int.MaxValue);
        _stepsOfUnit = new RealScale(multiplier, reader.Attribute("output shift", -DynamicOperand.LargestShift, DynamicOperand.LargestShift));
        int limit = _wide ? 32768 : 128;
        _outputZeroPoint = reader.Attribute("output zero point", -limit, limit - 1);
        _minimum = reader.Attribute("output minimum", -limit, limit - 1);
        _maximum = reader.Attribute("output maximum", _minimum, limit - 1);
        _output = reader.Data(output);
    }

    internal override void Run()
    {
        _input.ReadScale();
        ReadOnlyInt8Vector input = _input.Elements;
        RealScale factor = _input.Scale.Times(_stepsOfUnit);
        long multiplier = factor.Multiplier;
        int excess = 31 - FixedPoint.Clamp(factor.Shift, SmallestShift, LargestShift);
        long half = 1L << (excess - 1);
        int zeroPoint = _input.ZeroPoint;
        if (_wide)
        {
            Int16Vector output = _output.Int16();
            for (int i = 0; i < output.Length; i++)
            {
                output[i] = (short)Finish((int)((((input[i] - zeroPoint) * multiplier) + half) >> excess));
            }
        }
        else
        {
            Int8Vector output = _output.Int8();
            for (int i = 0; i < output.Length; i++)
            {
                output[i] = (sbyte)Finish((int)((((input[i] - zeroPoint) * multiplier) + half) >> excess));
            }
        }
    }

    private int Finish(int steps)
    {
        return FixedPoint.Clamp(steps + _outputZeroPoint, _minimum, _maximum);
    }
}
