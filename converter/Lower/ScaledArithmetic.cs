using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>
/// The operator and the attributes, behind those of the broadcasting, that compute a function of two quantized tensors. Multipliers come from
/// the scales in the order and precision of TensorFlow Lite's kernel for each function.
/// </summary>
internal sealed record ScaledArithmetic(OperatorKind Kind, int[] Attributes)
{
    /// <summary>Makes them for a node whose tensors are quantized and of one type, int8 or int16.</summary>
    /// <returns>Null, after saying why, if the scales are too far apart.</returns>
    public static ScaledArithmetic? Of(LoweringContext context, Node node, Arithmetic operation)
    {
        Quantization left = node.Input(0).Quantization!;
        Quantization right = node.Input(1).Quantization!;
        Quantization output = node.Output().Quantization!;
        OutputRange range = OutputRange.Of(node.Output(), operation.Activation);
        bool wide = node.Output().Type == DataType.Int16;
        ScaledArithmetic? made = operation.Function switch
        {
            ArithmeticFunction.Add => Sum(left, right, output, range, wide),
            ArithmeticFunction.Subtract => Difference(left, right, output, range, wide),
            ArithmeticFunction.Multiply => Product(
                OperatorKind.Multiply, left, right, output, range, (double)left.Scale * right.Scale / output.Scale),
            ArithmeticFunction.Divide => Product(
                OperatorKind.Divide, left, right, output, range, left.Scale / (right.Scale * output.Scale)),
            _ => SquaredDifference(left, right, output, wide),
        };
        if (made is null)
        {
            context.Refuse(
                "The output's scale is too small for the inputs' scales.", "Calibrate the network again: the output's range cannot be as small as its scale says.");
        }

        return made;
    }

    private static ScaledArithmetic? Sum(Quantization left, Quantization right, Quantization output, OutputRange range, bool wide)
    {
        int spareBits = SpareBits(wide);
        double twice = 2 * (double)MathF.Max(left.Scale, right.Scale);
        return Sum(left, left.Scale / twice, right, right.Scale / twice, 1, spareBits, output, twice / ((1 << spareBits) * (double)output.Scale), range);
    }

    /// <summary>As a sum, but the reference divides the scales in single precision.</summary>
    private static ScaledArithmetic? Difference(Quantization left, Quantization right, Quantization output, OutputRange range, bool wide)
    {
        int spareBits = SpareBits(wide);
        float twice = 2 * MathF.Max(left.Scale, right.Scale);
        float outputMultiplier = twice / ((1 << spareBits) * output.Scale);
        return Sum(left, left.Scale / twice, right, right.Scale / twice, -1, spareBits, output, outputMultiplier, range);
    }

    private static ScaledArithmetic? Sum(
        Quantization left,
        double leftMultiplier,
        Quantization right,
        double rightMultiplier,
        int sign,
        int spareBits,
        Quantization output,
        double outputMultiplier,
        OutputRange range)
    {
        QuantizedMultiplier finish = QuantizedMultiplier.From(outputMultiplier);
        return finish.Shift > 0
            ? null
            : new ScaledArithmetic(
                OperatorKind.Add,
                [.. Operand(left, leftMultiplier), .. Operand(right, rightMultiplier), sign, spareBits, finish.Multiplier, finish.Shift, output.ZeroPoint, range.Minimum, range.Maximum]);
    }

    private static ScaledArithmetic Product(
        OperatorKind kind, Quantization left, Quantization right, Quantization output, OutputRange range, double outputMultiplier)
    {
        QuantizedMultiplier finish = QuantizedMultiplier.From(outputMultiplier);
        return new ScaledArithmetic(
            kind, [-left.ZeroPoint, -right.ZeroPoint, finish.Multiplier, finish.Shift, output.ZeroPoint, range.Minimum, range.Maximum]);
    }

    private static ScaledArithmetic SquaredDifference(Quantization left, Quantization right, Quantization output, bool wide)
    {
        // The square of the widest difference, shifted by twice as many bits, still fits 32 bits.
        int spareBits = wide ? 0 : 7;
        double twice = 2 * (double)MathF.Max(left.Scale, right.Scale);
        QuantizedMultiplier finish = QuantizedMultiplier.From(twice * twice / ((1 << (2 * spareBits)) * output.Scale));
        return new ScaledArithmetic(
            OperatorKind.SquaredDifference,
            [.. Operand(left, left.Scale / twice), .. Operand(right, right.Scale / twice), spareBits, finish.Multiplier, finish.Shift, output.ZeroPoint]);
    }

    private static int[] Operand(Quantization operand, double multiplier)
    {
        QuantizedMultiplier scale = QuantizedMultiplier.From(multiplier);
        return [-operand.ZeroPoint, scale.Multiplier, scale.Shift];
    }

    /// <summary>Bits by which operands are shifted up, so that little is lost on the common scale; the sum still fits 32 bits.</summary>
    private static int SpareBits(bool wide)
    {
        return wide ? 15 : 20;
    }
}
