using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Lower.Elements;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>Log softmax of 8-bit elements: the way to the exponents' fixed-point format and back.</summary>
internal static class LogSoftmaxLowering
{
    private const float OutputScale = 1f / 16;

    public static void Lower(LoweringContext context, Node node)
    {
        Tensor input = node.Input(0);
        Tensor output = node.Output();
        if (!RowCheck.Passes(context, node))
        {
            return;
        }

        if (input.Type != DataType.Int8 || output.Type != DataType.Int8)
        {
            context.Refuse("Supported is int8 to int8.", "Quantize the network to int8.");
            return;
        }

        if (!output.Quantization!.Scale.Equals(OutputScale) || output.Quantization.ZeroPoint != sbyte.MaxValue)
        {
            context.Refuse(
                $"The output's zero point is {output.Quantization.ZeroPoint} and its scale {output.Quantization.Scale}; needed are 127 and 1/16.",
                "Convert the network again with full integer quantization.");
            return;
        }

        ScaledInput scaled = ScaledInput.OfSoftmax(1, input.Quantization!.Scale);
        if (!SoftmaxLowering.IsRepresentable(context, scaled))
        {
            return;
        }

        QuantizedMultiplier back = QuantizedMultiplier.From((1 << (31 - scaled.Multiplier.Shift)) / (double)scaled.Multiplier.Multiplier);
        context.Emit(
            OperatorKind.LogSoftmax,
            [context.Operand(input)],
            [context.Operand(output)],
            [input.Shape[^1], .. SoftmaxLowering.Exponentials(scaled), back.Multiplier, Math.Min(back.Shift, 0)]);
    }
}
