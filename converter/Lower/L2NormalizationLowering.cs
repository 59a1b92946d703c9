using EdgeQuant.Converter.Graph;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>L2 normalization: the output's scale is prescribed.</summary>
internal static class L2NormalizationLowering
{
    public static void Lower(LoweringContext context, Node node)
    {
        Tensor input = node.Input(0);
        if (!RowCheck.Passes(context, node))
        {
            return;
        }

        if (input.Type is not (DataType.Int8 or DataType.Int16) || node.Output().Type != input.Type)
        {
            context.Refuse("Supported is int8 to int8, or int16 to int16.", "Quantize the network to int8, or to int16 activations.");
            return;
        }

        context.Emit(
            OperatorKind.L2Normalization,
            [context.Operand(input)],
            [context.Operand(node.Output())],
            [input.Shape[^1], input.Quantization!.ZeroPoint]);
    }
}
