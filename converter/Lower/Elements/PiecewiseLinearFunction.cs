using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Runtime.Arithmetic;

namespace EdgeQuant.Converter.Lower.Elements;

/// <summary>
/// A function of one integer with a slope of its own on each side of zero, as the runtime's <see cref="Runtime.Operators.PiecewiseLinear"/>
/// computes it: clamp(requantize(x - input zero point) + output zero point).
/// </summary>
internal sealed record PiecewiseLinearFunction(
    int InputZeroPoint,
    int OutputZeroPoint,
    QuantizedMultiplier Slope,
    QuantizedMultiplier NegativeSlope,
    int Minimum,
    int Maximum)
{
    /// <summary>The multiplier that changes nothing.</summary>
    public static QuantizedMultiplier One { get; } = new(1 << 30, 1);

    /// <summary>The attributes of the runtime's operator.</summary>
    public int[] Attributes =>
        [InputZeroPoint, OutputZeroPoint, Slope.Multiplier, Slope.Shift, NegativeSlope.Multiplier, NegativeSlope.Shift, Minimum, Maximum];

    /// <summary>
    /// The function of a node whose integers are quantized (or, for the absolute value of 16 bits, plain numbers); null if it is none of this
    /// kind. The rounding of every multiplier is that of TensorFlow Lite's kernel for the operator.
    /// </summary>
    public static PiecewiseLinearFunction? Of(Node node)
    {
        Tensor input = node.Input(0);
        Tensor output = node.Output();
        if (input.Quantization is not Quantization from || output.Quantization is not Quantization to)
        {
            return IsPlainAbsolute(node) ? PlainAbsolute : null;
        }

        QuantizedMultiplier rescale = QuantizedMultiplier.From((double)from.Scale / to.Scale);
        return node.Operation switch
        {
            Quantize => Rescaled(node, rescale, rescale),
            Unary { Function: UnaryFunction.Relu } => Rescaled(node, rescale, rescale, 0, float.PositiveInfinity),
            Unary { Function: UnaryFunction.Relu6 } => Clamped(input, from, 6),
            Unary { Function: UnaryFunction.ReluN1To1 } => Rescaled(node, rescale, rescale, -1, 1),
            Unary { Function: UnaryFunction.Relu0To1 } => Rescaled(node, rescale, rescale, 0, 1),
            Parametric { Function: ParametricFunction.Clip } clip => Rescaled(node, rescale, rescale, clip.A, clip.B),
            Unary { Function: UnaryFunction.Absolute } => Absolute(node, rescale),
            LeakyRelu leaky => Rescaled(
                node,
                QuantizedMultiplier.From(from.Scale / to.Scale),
                QuantizedMultiplier.From(from.Scale * leaky.Alpha / to.Scale)),
            _ => null,
        };
    }

    /// <summary>True if the result is always the element itself, for elements of the type.</summary>
    public bool IsIdentity(DataType type)
    {
        (int lowest, int highest) = RangeOf(type);
        return InputZeroPoint == OutputZeroPoint && Slope == One && NegativeSlope == One && Minimum <= lowest && Maximum >= highest;
    }

    /// <summary>The result for one element, before it is cut to the output's type.</summary>
    public int Apply(int element)
    {
        int x = element - InputZeroPoint;
        QuantizedMultiplier slope = x >= 0 ? Slope : NegativeSlope;
        return FixedPoint.Clamp(Requantization.MultiplyByQuantizedMultiplier(x, slope.Multiplier, slope.Shift) + OutputZeroPoint, Minimum, Maximum);
    }

    private static PiecewiseLinearFunction PlainAbsolute => new(0, 0, One, Negative(One), int.MinValue, int.MaxValue);

    private static bool IsPlainAbsolute(Node node)
    {
        return node.Operation is Unary { Function: UnaryFunction.Absolute } && node.Input(0).Type == DataType.Int16 && node.Input(0).Quantization is null;
    }

    private static PiecewiseLinearFunction Rescaled(
        Node node,
        QuantizedMultiplier slope,
        QuantizedMultiplier negativeSlope,
        float lowest = float.NegativeInfinity,
        float highest = float.PositiveInfinity)
    {
        Quantization to = node.Output().Quantization!;
        (int minimum, int maximum) = RangeOf(node.Output().Type);
        minimum = float.IsInfinity(lowest) ? minimum : Math.Max(minimum, ToInteger(lowest, to));
        maximum = float.IsInfinity(highest) ? maximum : Math.Min(maximum, ToInteger(highest, to));
        return new PiecewiseLinearFunction(
            node.Input(0).Quantization!.ZeroPoint, to.ZeroPoint, slope, negativeSlope, Math.Min(minimum, maximum), maximum);
    }

    /// <summary>The reference clamps integers as they are, whatever the output's quantization.</summary>
    private static PiecewiseLinearFunction Clamped(Tensor input, Quantization from, float highest)
    {
        (int lowestInteger, int highestInteger) = RangeOf(input.Type);
        int maximum = Math.Clamp(ToInteger(highest, from), lowestInteger, highestInteger);
        return new PiecewiseLinearFunction(0, 0, One, One, Math.Min(from.ZeroPoint, maximum), maximum);
    }

    /// <summary>With equal scales the reference does not multiply, which comes to a multiplier of one.</summary>
    private static PiecewiseLinearFunction Absolute(Node node, QuantizedMultiplier rescale)
    {
        return Rescaled(node, rescale, Negative(rescale));
    }

    private static QuantizedMultiplier Negative(QuantizedMultiplier multiplier)
    {
        return new QuantizedMultiplier(-multiplier.Multiplier, multiplier.Shift);
    }

    private static int ToInteger(float value, Quantization quantization)
    {
        double rounded = MathF.Round(value / quantization.Scale, MidpointRounding.AwayFromZero);
        return (int)Math.Clamp(rounded + quantization.ZeroPoint, int.MinValue, int.MaxValue);
    }

    private static (int Lowest, int Highest) RangeOf(DataType type)
    {
        return type switch
        {
            DataType.UInt8 => (byte.MinValue, byte.MaxValue),
            DataType.Int16 => (short.MinValue, short.MaxValue),
            DataType.Int32 => (int.MinValue, int.MaxValue),
            _ => (sbyte.MinValue, sbyte.MaxValue),
        };
    }
}
