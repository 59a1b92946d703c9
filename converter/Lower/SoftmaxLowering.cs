using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Lower.Elements;
using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>Softmax: a table of exponentials for 8-bit elements, two interpolated tables for 16-bit ones.</summary>
internal static class SoftmaxLowering
{
    private const float Tolerance = 1e-3f;
    private const string QuantizeAgain = "Convert the network again with full integer quantization.";

    public static void Lower(LoweringContext context, Node node, Softmax operation)
    {
        Tensor input = node.Input(0);
        Tensor output = node.Output();
        if (!RowCheck.Passes(context, node))
        {
            return;
        }

        switch (input.Type, output.Type)
        {
            case (DataType.Int8, DataType.Int8) when HasRange(context, output, sbyte.MinValue, 1f / 256):
            case (DataType.Int8, DataType.Int16) when HasRange(context, output, short.MinValue, 1f / 65536):
                Lower8(context, node, ScaledInput.OfSoftmax(operation.Beta, input.Quantization!.Scale));
                break;
            case (DataType.Int16, DataType.Int16) when HasRange(context, output, 0, 1f / 32768):
                Lower16(context, node, operation.Beta);
                break;
            case (DataType.Int8, DataType.Int8 or DataType.Int16) or (DataType.Int16, DataType.Int16):
                break;
            default:
                context.Refuse("Supported are int8 to int8, int8 to int16 and int16 to int16.", "Quantize the network to int8, or to int16 activations.");
                break;
        }
    }

    /// <summary>exp of 0, -1, -2 and so on steps, in Q0.31, as far as the fixed-point argument reaches: the table of 8-bit softmax.</summary>
    public static int[] Exponentials(ScaledInput scaled)
    {
        int[] table = new int[Math.Min(scaled.Radius, byte.MaxValue) + 1];
        for (int below = 0; below < table.Length; below++)
        {
            int argument = Requantization.MultiplyByQuantizedMultiplier(-below, scaled.Multiplier.Multiplier, scaled.Multiplier.Shift);
            table[below] = Exponential.OfNonPositive(argument, ScaledInput.SoftmaxIntegerBits);
        }

        return table;
    }

    /// <summary>Says that a scaled input is too fine for the fixed-point argument of exp.</summary>
    public static bool IsRepresentable(LoweringContext context, ScaledInput scaled)
    {
        if (scaled.Multiplier.Multiplier > 0 && scaled.Multiplier.Shift > 0)
        {
            return true;
        }

        context.Refuse("The input's scale times beta is 2^-26 or less.", QuantizeAgain);
        return false;
    }

    private static bool HasRange(LoweringContext context, Tensor output, int zeroPoint, float scale)
    {
        Quantization quantization = output.Quantization!;
        if (quantization.ZeroPoint == zeroPoint && MathF.Abs(quantization.Scale - scale) <= scale * Tolerance)
        {
            return true;
        }

        context.Refuse(
            $"The output's zero point is {quantization.ZeroPoint} and its scale {quantization.Scale}; needed are {zeroPoint} and {scale}.", QuantizeAgain);
        return false;
    }

    private static void Lower8(LoweringContext context, Node node, ScaledInput scaled)
    {
        if (!IsRepresentable(context, scaled))
        {
            return;
        }

        context.Emit(
            OperatorKind.Softmax,
            [context.Operand(node.Input(0)), context.Constant(Visible(Exponentials(scaled)))],
            [context.Operand(node.Output())],
            [node.Input(0).Shape[^1]]);
    }

    /// <summary>
    /// The table without its end: an exponential that rounds to 0 in the sum rounds to 0 in the result too (which keeps fewer bits), and that
    /// is what the device takes for elements beyond the table.
    /// </summary>
    private static int[] Visible(int[] exponentials)
    {
        int length = exponentials.Length;
        while (length > 1 && FixedPoint.RoundingDivideByPowerOfTwo(exponentials[length - 1], Runtime.Operators.Softmax.SumIntegerBits) == 0)
        {
            length--;
        }

        return exponentials[..length];
    }

    private static void Lower16(LoweringContext context, Node node, float beta)
    {
        const float Range = ushort.MaxValue;
        QuantizedMultiplier multiplier = QuantizedMultiplier.From((double)node.Input(0).Quantization!.Scale * beta / (10.0 / 65535.0));
        short[] exponentials = InterpolatedTableBuilder.Build(10f / Range, short.MaxValue, 2f / Range, 0, MathF.Exp);
        short[] reciprocals = InterpolatedTableBuilder.Build(1f / Range, short.MinValue, 2f / Range, 0, x => 1 / (1 + x));
        context.Emit(
            OperatorKind.SoftmaxInt16,
            [context.Operand(node.Input(0)), context.Constant(exponentials), context.Constant(reciprocals)],
            [context.Operand(node.Output())],
            [node.Input(0).Shape[^1], multiplier.Multiplier, multiplier.Shift]);
    }
}
