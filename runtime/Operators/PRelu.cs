using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Parametric rectifier: numbers below 0 are multiplied by a slope of their own.</summary>
/// <remarks>
/// Inputs: data (int8 or int16), slopes (int8), broadcast against each other. Output: type of the data. Attributes: those of
/// <see cref="Broadcasting"/>, then data offset, slope offset, multiplier and shift of numbers from 0, multiplier and shift of numbers below
/// 0, output offset.
/// </remarks>
internal sealed class PRelu : ElementwiseOperator
{
    private readonly int _offset;
    private readonly int _slopeOffset;
    private readonly int _multiplier;
    private readonly int _shift;
    private readonly int _slopedMultiplier;
    private readonly int _slopedShift;
    private readonly int _outputOffset;
    private readonly int _limit;

    internal PRelu(OperatorReader reader)
        : base(reader, 2)
    {
        bool wide = reader.Output(0).Type == ElementType.Int16;
        reader.RequireType(reader.Output(0), wide ? ElementType.Int16 : ElementType.Int8);
        reader.RequireType(reader.Input(0), reader.Output(0).Type);
        reader.RequireType(reader.Input(1), ElementType.Int8);
        _limit = wide ? 32768 : 128;
        _offset = reader.Attribute("data offset", -_limit + 1, _limit);
        _slopeOffset = reader.Attribute("slope offset", -127, 128);
        _multiplier = reader.Attribute("multiplier from 0", 0, int.MaxValue);
        _shift = reader.Attribute("shift from 0", -31, 30);
        _slopedMultiplier = reader.Attribute("multiplier below 0", 0, int.MaxValue);
        _slopedShift = reader.Attribute("shift below 0", -31, 30);
        _outputOffset = reader.Attribute("output offset", -_limit, _limit - 1);
    }

    protected override void Combine(int[] values, int block, int count)
    {
        for (int i = 0; i < count; i++)
        {
            int value = values[i] + _offset;
            value = value >= 0
                ? Requantization.MultiplyByQuantizedMultiplier(value, _multiplier, _shift)
                : Requantization.MultiplyByQuantizedMultiplier(value * (values[block + i] + _slopeOffset), _slopedMultiplier, _slopedShift);
            values[i] = FixedPoint.Clamp(value + _outputOffset, -_limit, _limit - 1);
        }
    }
}
