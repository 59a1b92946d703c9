using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>Selection by a condition; elements are moved as they are, whatever scales they have.</summary>
internal static class SelectLowering
{
    public static void Lower(LoweringContext context, Node node, Select operation)
    {
        Tensor condition = node.Input(0);
        Tensor output = node.Output();
        bool typed = output.Type is DataType.Int8 or DataType.Int16 or DataType.Int32 or DataType.Bool;
        if (!typed || condition.Type != DataType.Bool || node.Input(1).Type != output.Type || node.Input(2).Type != output.Type)
        {
            context.Refuse(
                "Supported are a condition of bool and elements of int8, int16, int32 or bool, in both inputs and the output alike.",
                "Quantize the network to int8 throughout: floating point is supported at its inputs and outputs only.");
            return;
        }

        int[] shape = condition.Shape;
        if (operation.AlongFirstAxis && shape.Length == 1 && output.Rank > 1)
        {
            shape = [shape[0], .. Enumerable.Repeat(1, output.Rank - 1)];
        }

        int[]? broadcast = BroadcastLowering.Attributes(context, output.Shape, shape, node.Input(1).Shape, node.Input(2).Shape);
        if (broadcast is not null)
        {
            context.Emit(
                OperatorKind.Select,
                [context.Operand(condition), context.Operand(node.Input(1)), context.Operand(node.Input(2))],
                [context.Operand(output)],
                broadcast);
        }
    }
}
