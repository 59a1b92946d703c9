using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>Running sums along an axis.</summary>
internal static class CumulativeSumLowering
{
    private const int SpareBits = 20;

    public static void Lower(LoweringContext context, Node node, CumulativeSum operation)
    {
        Tensor input = node.Input(0);
        Tensor output = node.Output();
        if (input.Type is not (DataType.Int8 or DataType.Int16) || output.Type != input.Type)
        {
            context.Refuse("Supported is int8 to int8, or int16 to int16.", "Quantize the network to int8, or to int16 activations.");
            return;
        }

        if (!input.Shape.AsSpan().SequenceEqual(output.Shape))
        {
            context.Refuse("Input and output have different shapes.", "The file is inconsistent; convert the network again.");
            return;
        }

        if (!QuantizedOperands.Check(context, input, output) || AxisReader.Single(context, input.Rank, node.Input(1)) is not int axis)
        {
            return;
        }

        // With int8 the reference brings elements to twice the input's scale with 20 spare bits, which is a shift by 19.
        double inputScale = input.Type == DataType.Int16 ? input.Quantization!.Scale : 2 * (double)input.Quantization!.Scale / (1 << SpareBits);
        QuantizedMultiplier finish = QuantizedMultiplier.From(inputScale / output.Quantization!.Scale);
        if (finish.Shift > 0)
        {
            context.Refuse("The output's scale is too small for the input's scale.", "Calibrate the network again.");
            return;
        }

        context.Emit(
            OperatorKind.CumulativeSum,
            [context.Operand(input)],
            [context.Operand(output)],
            [
                input.Shape[axis],
                AxisReader.Stride(input.Shape, axis),
                operation.Reverse ? 1 : 0,
                operation.Exclusive ? 1 : 0,
                -input.Quantization.ZeroPoint,
                finish.Multiplier,
                finish.Shift,
                output.Quantization.ZeroPoint,
            ]);
    }
}
