using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Model;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>
/// How two quantized values are added or subtracted: both are brought to a common scale with bits to spare, and the sum to the output's
/// scale.
/// </summary>
internal sealed class SumParameters
{
    private readonly int _leftOffset;
    private readonly int _leftMultiplier;
    private readonly int _leftShift;
    private readonly int _rightOffset;
    private readonly int _rightMultiplier;
    private readonly int _rightShift;
    private readonly int _sign;
    private readonly int _spareBits;
    private readonly int _outputOffset;
    private readonly int _outputMultiplier;
    private readonly int _outputShift;
    private readonly int _minimum;
    private readonly int _maximum;

    /// <summary>
    /// Reads the attributes left offset, multiplier and shift; right offset, multiplier and shift; sign of the right value (1 or -1); spare
    /// bits; output multiplier, shift and offset; output minimum and maximum.
    /// </summary>
    internal SumParameters(OperatorReader reader, ElementType type)
    {
        int limit = type == ElementType.Int16 ? 32768 : 128;
        _leftOffset = reader.Attribute("left offset", -limit + 1, limit);
        _leftMultiplier = reader.Attribute("left multiplier", 0, int.MaxValue);
        _leftShift = reader.Attribute("left shift", -31, 0);
        _rightOffset = reader.Attribute("right offset", -limit + 1, limit);
        _rightMultiplier = reader.Attribute("right multiplier", 0, int.MaxValue);
        _rightShift = reader.Attribute("right shift", -31, 0);
        _sign = reader.Attribute("sign", -1, 1);
        reader.Require(_sign != 0, "the sign is 0; allowed is 1 or -1.");
        _spareBits = reader.Attribute("spare bits", 0, 20);
        _outputMultiplier = reader.Attribute("output multiplier", 0, int.MaxValue);
        _outputShift = reader.Attribute("output shift", -31, 0);
        _outputOffset = reader.Attribute("output offset", -limit, limit - 1);
        _minimum = reader.Attribute("output minimum", -limit, limit - 1);
        _maximum = reader.Attribute("output maximum", _minimum, limit - 1);
    }

    /// <summary>A left value on the common scale.</summary>
    internal int ScaleLeft(int left)
    {
        return Requantization.MultiplyByQuantizedMultiplierSmallerThanOneExp((left + _leftOffset) << _spareBits, _leftMultiplier, _leftShift);
    }

    /// <summary>A right value on the common scale, with its sign.</summary>
    internal int ScaleRight(int right)
    {
        return _sign * Requantization.MultiplyByQuantizedMultiplierSmallerThanOneExp((right + _rightOffset) << _spareBits, _rightMultiplier, _rightShift);
    }

    /// <summary>The output for a sum on the common scale.</summary>
    internal int Finish(int sum)
    {
        int value = Requantization.MultiplyByQuantizedMultiplierSmallerThanOneExp(sum, _outputMultiplier, _outputShift) + _outputOffset;
        return value < _minimum ? _minimum : value > _maximum ? _maximum : value;
    }
}
