using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>Comparisons, functions of truth values, and the choice by them.</summary>
internal static class ComparisonImport
{
    public static void Compare(ImportContext context, ComparisonFunction function)
    {
        Pair(context, new Comparison(function));
    }

    public static void Logical(ImportContext context, LogicalFunction function)
    {
        Pair(context, new Logical(function));
    }

    public static void Not(ImportContext context)
    {
        context.Give(context.Graph.Add(new LogicalNot(), context.Input(0).Shape, context.Input(0)));
    }

    /// <summary>True where an element is no number: nothing else differs from itself.</summary>
    public static void IsNaN(ImportContext context)
    {
        Tensor data = context.Input(0);
        context.Give(context.Graph.Add(new Comparison(ComparisonFunction.NotEqual), DataType.Bool, data.Shape, data, data));
    }

    public static void Where(ImportContext context)
    {
        Tensor condition = context.Input(0);
        Tensor whereTrue = context.Input(1);
        Tensor whereFalse = context.Input(2);
        ImportContext.Require(condition.Type == DataType.Bool, $"Its condition is {condition}; it must be bool.");
        ImportContext.Require(whereTrue.Type == whereFalse.Type, $"Its inputs are {whereTrue} and {whereFalse}; they must be of one type.");
        context.Give(context.Graph.Selected(condition, whereTrue, whereFalse));
    }

    private static void Pair(ImportContext context, Operation operation)
    {
        Tensor left = context.Input(0);
        Tensor right = context.Input(1);
        ImportContext.Require(left.Type == right.Type, $"Its inputs are {left} and {right}; they must be of one type.");
        if (!left.Shape.AsSpan().SequenceEqual(right.Shape))
        {
            // Before, shapes were aligned at their first size.
            context.RequireVersion(7);
        }

        context.Give(context.Graph.Add(operation, DataType.Bool, Shapes.Broadcast(left.Shape, right.Shape), left, right));
    }
}
