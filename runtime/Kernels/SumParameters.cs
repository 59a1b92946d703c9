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
    /// <summary>
    /// Reads the attributes left offset, multiplier and shift; right offset, multiplier and shift; sign of the right value (1 or -1); spare
    /// bits; output multiplier, shift and offset; output minimum and maximum.
    /// </summary>
    internal SumParameters(OperatorReader reader, ElementType type)
    {
        int limit = type == ElementType.Int16 ? 32768 : 128;
        LeftOffset = reader.Attribute("left offset", -limit + 1, limit);
        LeftMultiplier = reader.Attribute("left multiplier", 0, int.MaxValue);
        LeftShift = reader.Attribute("left shift", -31, 0);
        RightOffset = reader.Attribute("right offset", -limit + 1, limit);
        RightMultiplier = reader.Attribute("right multiplier", 0, int.MaxValue);
        RightShift = reader.Attribute("right shift", -31, 0);
        Sign = reader.Attribute("sign", -1, 1);
        reader.Require(Sign != 0, "the sign is 0; allowed is 1 or -1.");
        SpareBits = reader.Attribute("spare bits", 0, 20);
        OutputMultiplier = reader.Attribute("output multiplier", 0, int.MaxValue);
        OutputShift = reader.Attribute("output shift", -31, 0);
        OutputOffset = reader.Attribute("output offset", -limit, limit - 1);
        Minimum = reader.Attribute("output minimum", -limit, limit - 1);
        Maximum = reader.Attribute("output maximum", Minimum, limit - 1);
    }

    /// <summary>Added to each left element: minus its zero point.</summary>
    internal int LeftOffset { get; }

    internal int LeftMultiplier { get; }

    internal int LeftShift { get; }

    /// <summary>Added to each right element: minus its zero point.</summary>
    internal int RightOffset { get; }

    internal int RightMultiplier { get; }

    internal int RightShift { get; }

    /// <summary>1 for a sum, -1 for a difference.</summary>
    internal int Sign { get; }

    /// <summary>Values are shifted left by so many bits before they are scaled.</summary>
    internal int SpareBits { get; }

    internal int OutputOffset { get; }

    internal int OutputMultiplier { get; }

    internal int OutputShift { get; }

    internal int Minimum { get; }

    internal int Maximum { get; }

    /// <summary>A left value on the common scale.</summary>
    internal int ScaleLeft(int left)
    {
        return Requantization.MultiplyByQuantizedMultiplierSmallerThanOneExp((left + LeftOffset) << SpareBits, LeftMultiplier, LeftShift);
    }

    /// <summary>A right value on the common scale, with its sign.</summary>
    internal int ScaleRight(int right)
    {
        return Sign * Requantization.MultiplyByQuantizedMultiplierSmallerThanOneExp((right + RightOffset) << SpareBits, RightMultiplier, RightShift);
    }

    /// <summary>The output for a sum on the common scale.</summary>
    internal int Finish(int sum)
    {
        int value = Requantization.MultiplyByQuantizedMultiplierSmallerThanOneExp(sum, OutputMultiplier, OutputShift) + OutputOffset;
        return value < Minimum ? Minimum : value > Maximum ? Maximum : value;
    }
}
