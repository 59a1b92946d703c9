using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Square of the difference of two quantized tensors, broadcast against each other.</summary>
/// <remarks>
/// Inputs: left, right. Output: (left - right) squared. All int8 or all int16. Attributes: those of <see cref="Broadcasting"/>, then left
/// offset, multiplier and shift; right offset, multiplier and shift; spare bits; output multiplier, shift and offset.
/// </remarks>
internal sealed class SquaredDifference : ElementwiseOperator
{
    private readonly int _leftOffset;
    private readonly int _leftMultiplier;
    private readonly int _leftShift;
    private readonly int _rightOffset;
    private readonly int _rightMultiplier;
    private readonly int _rightShift;
    private readonly int _spareBits;
    private readonly int _outputMultiplier;
    private readonly int _outputShift;
    private readonly int _outputOffset;
    private readonly int _limit;

    internal SquaredDifference(OperatorReader reader)
        : base(reader, 2)
    {
        bool wide = reader.Output(0).Type == ElementType.Int16;
        RequireType(reader, wide ? ElementType.Int16 : ElementType.Int8);
        _limit = wide ? 32768 : 128;
        _leftOffset = reader.Attribute("left offset", -_limit + 1, _limit);
        _leftMultiplier = reader.Attribute("left multiplier", 0, int.MaxValue);
        _leftShift = reader.Attribute("left shift", -31, 0);
        _rightOffset = reader.Attribute("right offset", -_limit + 1, _limit);
        _rightMultiplier = reader.Attribute("right multiplier", 0, int.MaxValue);
        _rightShift = reader.Attribute("right shift", -31, 0);
        _spareBits = reader.Attribute("spare bits", 0, 7);
        _outputMultiplier = reader.Attribute("output multiplier", 0, int.MaxValue);
        _outputShift = reader.Attribute("output shift", -31, 30);
        _outputOffset = reader.Attribute("output offset", -_limit, _limit - 1);
    }

    protected override void Combine(int[] values, int block, int count)
    {
        for (int i = 0; i < count; i++)
        {
            int left = Requantization.MultiplyByQuantizedMultiplierSmallerThanOneExp(
                (values[i] + _leftOffset) << _spareBits, _leftMultiplier, _leftShift);
            int right = Requantization.MultiplyByQuantizedMultiplierSmallerThanOneExp(
                (values[block + i] + _rightOffset) << _spareBits, _rightMultiplier, _rightShift);
            int difference = left - right;
            int value = Requantization.MultiplyByQuantizedMultiplier(difference * difference, _outputMultiplier, _outputShift) + _outputOffset;
            values[i] = FixedPoint.Clamp(value, -_limit, _limit - 1);
        }
    }
}
