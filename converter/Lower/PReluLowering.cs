using EdgeQuant.Converter.Graph;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>Parametric rectifiers: one multiplier for numbers from 0, another, with the slopes' scale in it, for those below.</summary>
internal static class PReluLowering
{
    public static void Lower(LoweringContext context, Node node)
    {
        Tensor data = node.Input(0);
        Tensor slopes = node.Input(1);
        Tensor output = node.Output();
        if (data.Type is not (DataType.Int8 or DataType.Int16) || slopes.Type != DataType.Int8 || output.Type != data.Type)
        {
            context.Refuse("Supported are data of int8 or int16, slopes of int8, and an output like the data.", "Quantize the network to int8 throughout.");
            return;
        }

        int[]? broadcast = BroadcastLowering.Attributes(context, output.Shape, data.Shape, slopes.Shape);
        if (broadcast is null || !QuantizedOperands.Check(context, data, slopes, output))
        {
            return;
        }

        double scale = data.Quantization!.Scale;
        QuantizedMultiplier from0 = QuantizedMultiplier.From(scale / output.Quantization!.Scale);
        QuantizedMultiplier below0 = QuantizedMultiplier.From(scale * slopes.Quantization!.Scale / output.Quantization.Scale);
        context.Emit(
            OperatorKind.PRelu,
            [context.Operand(data), context.Operand(slopes)],
            [context.Operand(output)],
            [
                .. broadcast,
                -data.Quantization.ZeroPoint,
                -slopes.Quantization.ZeroPoint,
                from0.Multiplier,
                from0.Shift,
                below0.Multiplier,
                below0.Shift,
                output.Quantization.ZeroPoint,
            ]);
    }
}
