using EdgeQuant.Converter.Graph;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>L2 normalization of 8-bit elements.</summary>
internal static class L2NormalizationLowering
{
    public static void Lower(LoweringContext context, Node node)
    {
        Tensor input = node.Input(0);
        if (!RowCheck.Passes(context, node))
        {
            return;
        }

        if (input.Type != DataType.Int8 || node.Output().Type != DataType.Int8)
        {
            context.Refuse("Supported is int8 to int8.", "Quantize the network to int8.");
            return;
        }

        context.Emit(
            OperatorKind.L2Normalization,
            [context.Operand(input)],
            [context.Operand(node.Output())],
            [input.Shape[^1], input.Quantization!.ZeroPoint]);
    }
}
