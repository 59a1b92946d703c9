using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Quotient of two quantized tensors, broadcast against each other.</summary>
/// <remarks>
/// <para>
/// Inputs: left, right. Output: left / right. All int8 or all int16. Attributes: those of <see cref="Broadcasting"/>, then left offset, right
/// offset, multiplier, shift (-31 to 30), output offset, output minimum, output maximum; offsets of int16 are 0.
/// </para>
/// <para>
/// With int16 the product of left and multiplier, in 64 bits, is divided by right and rounded to nearest, halves away from zero, then shifted right
/// by 31 - shift, rounding in the same way. A divisor of 0 gives the output's end on the dividend's side, 0 for 0.
/// </para>
/// <para>
/// Two cases of int8 are what the reference's machine code does rather than what its source says. A divisor of 0 is taken through the reciprocal
/// like any other. A final shift to the right by more than 31 bits, which small quotients need, shifts by its low 5 bits, while the mask that
/// decides the rounding has all bits set: any number but 0 goes up by one or not by its own low bits.
/// </para>
/// </remarks>
internal sealed class Divide : ElementwiseOperator
{
    private readonly int _leftOffset;
    private readonly int _rightOffset;
    private readonly int _multiplier;
    private readonly int _shift;
    private readonly int _outputOffset;
    private readonly int _minimum;
    private readonly int _maximum;
    private readonly bool _wide;

    internal Divide(OperatorReader reader)
        : base(reader, 2)
    {
        _wide = reader.Output(0).Type == ElementType.Int16;
        RequireType(reader, _wide ? ElementType.Int16 : ElementType.Int8);
        _leftOffset = reader.Attribute("left offset", _wide ? 0 : -127, _wide ? 0 : 128);
        _rightOffset = reader.Attribute("right offset", _wide ? 0 : -127, _wide ? 0 : 128);
        _multiplier = reader.Attribute("multiplier", 0, int.MaxValue);
        _shift = reader.Attribute("shift", -31, 30);
        int limit = _wide ? 32768 : 128;
        _outputOffset = reader.Attribute("output offset", _wide ? 0 : -128, _wide ? 0 : 127);
        _minimum = reader.Attribute("output minimum", -limit, limit - 1);
        _maximum = reader.Attribute("output maximum", _minimum, limit - 1);
    }

    protected override void Combine(int[] values, int block, int count)
    {
        for (int i = 0; i < count; i++)
        {
            values[i] = _wide ? WideQuotient(values[i], values[block + i]) : Quotient(values[i] + _leftOffset, values[block + i] + _rightOffset);
        }
    }

    private int WideQuotient(int left, int right)
    {
        if (right == 0)
        {
            return FixedPoint.Clamp(left > 0 ? _maximum : left < 0 ? _minimum : 0, _minimum, _maximum);
        }

        bool negative = left < 0 != right < 0;
        long numerator = (long)(left < 0 ? -left : left) * _multiplier;
        long denominator = right < 0 ? -right : right;
        long quotient = (numerator + (denominator >> 1)) / denominator;
        int shift = 31 - _shift;
        long value = (quotient + (1L << (shift - 1))) >> shift;
        value = negative ? -value : value;
        return value < _minimum ? _minimum : value > _maximum ? _maximum : (int)value;
    }

    private int Quotient(int left, int right)
    {
        if (right < 0)
        {
            left = -left;
            right = -right;
        }

        int bitsOverUnit;
        int reciprocal = Reciprocal.Of(right, 31, out bitsOverUnit);
        int headroom = LeadingZeros.Count((uint)(left ^ (left >> 31))) - 1;
        int quotient = Requantization.MultiplyByQuantizedMultiplierGreaterThanOne(left, reciprocal, headroom);
        int value = Requantization.MultiplyByQuantizedMultiplierSmallerThanOneExp(quotient, _multiplier, _shift - bitsOverUnit - headroom) + _outputOffset;
        return FixedPoint.Clamp(value, _minimum, _maximum);
    }
}
