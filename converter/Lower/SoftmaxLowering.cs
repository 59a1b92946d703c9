using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Lower.Elements;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>Softmax: the scaling of distances for 8-bit elements, two interpolated tables for 16-bit ones.</summary>
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

    /// <summary>
    /// The attributes that <see cref="Runtime.Operators.Exponentials"/> reads. The reference leaves out distances from 15.5 on, depending on the
    /// scale; 16-bit data go as far as 32 bits do, to 16 at least.
    /// </summary>
    public static int[] Exponentials(ScaledInput scaled, DataType data)
    {
        int most = data == DataType.Int16 ? Math.Min(int.MaxValue >> scaled.Multiplier.Shift, ushort.MaxValue) : Math.Min(scaled.Radius, byte.MaxValue);
        return [most + 1, scaled.Multiplier.Multiplier, scaled.Multiplier.Shift];
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
            [context.Operand(node.Input(0))],
            [context.Operand(node.Output())],
            [node.Input(0).Shape[^1], .. Exponentials(scaled, DataType.Int8)]);
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
