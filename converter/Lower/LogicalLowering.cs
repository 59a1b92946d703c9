using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Runtime.Model;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Converter.Lower;

/// <summary>Functions of truth values, which are the bytes 0 and 1: "and" is their minimum, "or" their maximum.</summary>
internal static class LogicalLowering
{
    public static void Lower(LoweringContext context, Node node, Logical operation)
    {
        if (!RequireBool(context, node))
        {
            return;
        }

        int[]? broadcast = BroadcastLowering.Attributes(context, node.Output().Shape, node.Input(0).Shape, node.Input(1).Shape);
        if (broadcast is not null)
        {
            IntegerFunction function = operation.Function == LogicalFunction.And ? IntegerFunction.Minimum : IntegerFunction.Maximum;
            context.Emit(
                OperatorKind.IntegerArithmetic,
                [context.Operand(node.Input(0)), context.Operand(node.Input(1))],
                [context.Operand(node.Output())],
                [.. broadcast, (int)function, int.MinValue, int.MaxValue]);
        }
    }

    public static void Lower(LoweringContext context, Node node, LogicalNot operation)
    {
        if (!RequireBool(context, node) || BroadcastLowering.Attributes(context, node.Output().Shape, node.Input(0).Shape) is null)
        {
            return;
        }

        sbyte[] table = new sbyte[256];
        table[128] = 1;
        context.Emit(OperatorKind.LookUpTable, [context.Operand(node.Input(0)), context.Constant(table)], [context.Operand(node.Output())], []);
    }

    private static bool RequireBool(LoweringContext context, Node node)
    {
        if (node.Inputs.Append(node.Output()).All(tensor => tensor!.Type == DataType.Bool))
        {
            return true;
        }

        context.Refuse("Inputs and output must be bool.", "Compare the inputs with 0 first.");
        return false;
    }
}
