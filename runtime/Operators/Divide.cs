using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Quotient of two quantized tensors, broadcast against each other.</summary>
/// <remarks>
/// <para>
/// Inputs: left, right. Output: left / right. All int8. Attributes: those of <see cref="Broadcasting"/>, then left offset, right offset,
/// multiplier, shift, output offset, output minimum, output maximum.
/// </para>
/// <para>
/// Two cases are what the reference's machine code does rather than what its source says. A divisor of 0 is taken through the reciprocal
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

    internal Divide(OperatorReader reader)
        : base(reader, 2)
    {
        RequireType(reader, ElementType.Int8);
        _leftOffset = reader.Attribute("left offset", -127, 128);
        _rightOffset = reader.Attribute("right offset", -127, 128);
        _multiplier = reader.Attribute("multiplier", 0, int.MaxValue);
        _shift = reader.Attribute("shift", -31, 30);
        _outputOffset = reader.Attribute("output offset", -128, 127);
        _minimum = reader.Attribute("output minimum", -128, 127);
        _maximum = reader.Attribute("output maximum", _minimum, 127);
    }

    protected override void Combine(int[] values, int block, int count)
    {
        for (int i = 0; i < count; i++)
        {
            values[i] = Quotient(values[i] + _leftOffset, values[block + i] + _rightOffset);
        }
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
