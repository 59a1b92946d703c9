using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Movement;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Lower;

/// <summary>Slices that start at a place which is computed.</summary>
internal static class SliceLowering
{
    public static void Lower(LoweringContext context, Node node)
    {
        if (Movements.Resolve(node) != MovementResult.AtRunTime)
        {
            MovementLowering.Lower(context, node);
            return;
        }

        Tensor data = node.Input(0);
        Tensor output = node.Output();
        if (!Fits(output, data) || node.Input(1).ElementCount != data.Rank)
        {
            context.Refuse("The shapes of data, start and output do not fit each other.", "Convert the source network again.");
            return;
        }

        if (IndexOperand.Of(context, node.Input(1)) is LoweredTensor start)
        {
            context.Emit(OperatorKind.DynamicSlice, [context.Operand(data), start], [context.Operand(output)], []);
        }
    }

    public static void LowerUpdate(LoweringContext context, Node node)
    {
        Tensor data = node.Input(0);
        Tensor update = node.Input(1);
        Tensor output = node.Output();
        if (!Fits(update, data) || node.Input(2).ElementCount != data.Rank || data.Type != output.Type || !data.Shape.AsSpan().SequenceEqual(output.Shape))
        {
            context.Refuse("The shapes of data, update, start and output do not fit each other.", "Convert the source network again.");
            return;
        }

        if (IndexOperand.Of(context, node.Input(2)) is LoweredTensor start)
        {
            context.Emit(OperatorKind.DynamicUpdateSlice, [context.Operand(data), context.Operand(update), start], [context.Operand(output)], []);
        }
    }

    private static bool Fits(Tensor box, Tensor data)
    {
        return data.Rank > 0
            && box.Type == data.Type
            && box.Rank == data.Rank
            && !box.Shape.Where((size, axis) => size < 1 || size > data.Shape[axis]).Any();
    }
}
