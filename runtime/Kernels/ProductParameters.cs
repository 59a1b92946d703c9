using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Model;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>How two quantized values are multiplied.</summary>
internal sealed class ProductParameters
{
    private readonly int _outputOffset;
    private readonly int _multiplier;
    private readonly int _shift;
    private readonly int _minimum;
    private readonly int _maximum;

    /// <summary>Reads the attributes left offset, right offset, multiplier, shift, output offset, output minimum, output maximum.</summary>
    internal ProductParameters(OperatorReader reader, ElementType type)
    {
        int limit = type == ElementType.Int16 ? 32768 : 128;
        LeftOffset = reader.Attribute("left offset", -limit + 1, limit);
        RightOffset = reader.Attribute("right offset", -limit + 1, limit);
        _multiplier = reader.Attribute("multiplier", 0, int.MaxValue);
        _shift = reader.Attribute("shift", -31, 30);
        _outputOffset = reader.Attribute("output offset", -limit, limit - 1);
        _minimum = reader.Attribute("output minimum", -limit, limit - 1);
        _maximum = reader.Attribute("output maximum", _minimum, limit - 1);
    }

    /// <summary>Added to each left element: minus its zero point.</summary>
    internal int LeftOffset { get; }

    /// <summary>Added to each right element: minus its zero point.</summary>
    internal int RightOffset { get; }

    /// <summary>The output for a product of elements, offsets added.</summary>
    internal int Finish(int product)
    {
        int value = Requantization.MultiplyByQuantizedMultiplier(product, _multiplier, _shift) + _outputOffset;
        return value < _minimum ? _minimum : value > _maximum ? _maximum : value;
    }
}
