using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Lower.Elements;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>Log softmax: the way to the exponents' fixed-point format and back.</summary>
internal static class LogSoftmaxLowering
{
    private const int MostWideColumns = 4095;

    public static void Lower(LoweringContext context, Node node)
    {
        Tensor input = node.Input(0);
        Tensor output = node.Output();
        if (!RowCheck.Passes(context, node))
        {
            return;
        }

        if (input.Type is not (DataType.Int8 or DataType.Int16) || output.Type != input.Type)
        {
            context.Refuse("Supported is int8 to int8, or int16 to int16.", "Quantize the network to int8, or to int16 activations.");
            return;
        }

        bool wide = input.Type == DataType.Int16;
        (float scale, int zeroPoint) = wide ? (1f / 2048, 0) : (1f / 16, sbyte.MaxValue);
        if (!output.Quantization!.Scale.Equals(scale) || output.Quantization.ZeroPoint != zeroPoint)
        {
            context.Refuse(
                $"The output's zero point is {output.Quantization.ZeroPoint} and its scale {output.Quantization.Scale}; needed are {zeroPoint} and {scale}.",
                "Convert the network again with full integer quantization.");
            return;
        }

        if (wide && input.Shape[^1] > MostWideColumns)
        {
            context.Refuse($"It has {input.Shape[^1]} columns; of 16-bit elements it has at most {MostWideColumns}.", "Give it 8-bit activations.");
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
            [input.Shape[^1], .. SoftmaxLowering.Exponentials(scaled, input.Type), back.Multiplier, Math.Min(back.Shift, 0)]);
    }
}
