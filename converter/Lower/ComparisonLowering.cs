using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Runtime.Model;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Converter.Lower;

/// <summary>Comparisons: of the numbers that int8 and int16 stand for, of int32 and bool as they are.</summary>
internal static class ComparisonLowering
{
    public static void Lower(LoweringContext context, Node node, Comparison operation)
    {
        Tensor left = node.Input(0);
        Tensor right = node.Input(1);
        if (!Supports(operation.Function, left.Type) || right.Type != left.Type || node.Output().Type != DataType.Bool)
        {
            context.Refuse(
                "Supported are two inputs of one type (int8, int16 or int32, and bool where only equality is asked) and an output of bool.",
                "Quantize the network to int8 throughout: floating point is supported at its inputs and outputs only.");
            return;
        }

        int[]? scaling = Scaling(context, left, right);
        int[]? broadcast = BroadcastLowering.Attributes(context, node.Output().Shape, left.Shape, right.Shape);
        if (scaling is null || broadcast is null)
        {
            return;
        }

        Relation relation = operation.Function switch
        {
            ComparisonFunction.Equal => Relation.Equal,
            ComparisonFunction.NotEqual => Relation.NotEqual,
            ComparisonFunction.Less => Relation.Less,
            ComparisonFunction.LessOrEqual => Relation.LessOrEqual,
            ComparisonFunction.Greater => Relation.Greater,
            _ => Relation.GreaterOrEqual,
        };
        context.Emit(
            OperatorKind.Compare,
            [context.Operand(left), context.Operand(right)],
            [context.Operand(node.Output())],
            [.. broadcast, (int)relation, .. scaling]);
    }

    private static bool Supports(ComparisonFunction function, DataType type)
    {
        return type is DataType.Int8 or DataType.Int16 or DataType.Int32
            || (type == DataType.Bool && function is ComparisonFunction.Equal or ComparisonFunction.NotEqual);
    }

    /// <summary>The attributes that say how elements are scaled; null after saying why if they cannot be.</summary>
    private static int[]? Scaling(LoweringContext context, Tensor left, Tensor right)
    {
        if (left.Type is DataType.Int32 or DataType.Bool)
        {
            return [0];
        }

        if (!QuantizedOperands.Check(context, left, right))
        {
            return null;
        }

        QuantizedMultiplier leftScale = QuantizedMultiplier.From(left.Quantization!.Scale);
        QuantizedMultiplier rightScale = QuantizedMultiplier.From(right.Quantization!.Scale);
        if (leftScale.Shift > 0 || rightScale.Shift > 0)
        {
            context.Refuse("A scale is 1 or more; the reference's comparison takes scales below 1.", "Scale the network's data down before it is compared.");
            return null;
        }

        return
        [
            1,
            -left.Quantization.ZeroPoint,
            leftScale.Multiplier,
            leftScale.Shift,
            -right.Quantization.ZeroPoint,
            rightScale.Multiplier,
            rightScale.Shift,
        ];
    }
}
