using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>One element made of all along some axes.</summary>
internal static class ReductionImport
{
    public static void Plain(ImportContext context, ReduceFunction function)
    {
        context.Give(Reduced(context, new Reduction(context), context.Input(0), function));
    }

    public static void Product(ImportContext context)
    {
        Reduction reduction = new(context);
        context.Give(context.Graph.Add(new ReduceProduct(), reduction.Shape, context.Input(0), context.Graph.Integers(reduction.Axes)));
    }

    public static void L1(ImportContext context)
    {
        Tensor sizes = context.Graph.Unary(UnaryFunction.Absolute, context.Input(0));
        context.Give(Reduced(context, new Reduction(context), sizes, ReduceFunction.Sum));
    }

    public static void L2(ImportContext context)
    {
        context.Give(context.Graph.Unary(UnaryFunction.SquareRoot, SquaresSummed(context)));
    }

    public static void SumOfSquares(ImportContext context)
    {
        context.Give(SquaresSummed(context));
    }

    public static void LogOfSum(ImportContext context)
    {
        Tensor sum = Reduced(context, new Reduction(context), context.Input(0), ReduceFunction.Sum);
        context.Give(context.Graph.Unary(UnaryFunction.Logarithm, sum));
    }

    /// <summary>The largest element is taken out, so that no exponential is above 1.</summary>
    public static void LogOfSumOfExponentials(ImportContext context)
    {
        NodeBuilder graph = context.Graph;
        Tensor data = context.Input(0);
        Reduction reduction = new(context);
        Tensor axes = graph.Integers(reduction.Axes);
        Tensor largest = graph.Add(new Reduce(ReduceFunction.Maximum, KeepDimensions: true), reduction.KeptShape, data, axes);
        Tensor exponentials = graph.Unary(UnaryFunction.Exponential, graph.Arithmetic(ArithmeticFunction.Subtract, data, largest));
        Tensor sum = graph.Add(new Reduce(ReduceFunction.Sum, KeepDimensions: true), reduction.KeptShape, exponentials, axes);
        Tensor result = graph.Arithmetic(ArithmeticFunction.Add, graph.Unary(UnaryFunction.Logarithm, sum), largest);
        context.Give(graph.Reshaped(result, reduction.Shape));
    }

    /// <summary>ArgMax and ArgMin. Of equal elements the last counts if the file says so: then they are looked at from the end.</summary>
    public static void Extreme(ImportContext context, Operation operation)
    {
        NodeBuilder graph = context.Graph;
        Tensor data = context.Input(0);
        int axis = ImportContext.Axis(context.Attributes.Int("axis", 0), data.Rank);
        bool last = context.Attributes.Flag("select_last_index");
        int[] without = [.. data.Shape[..axis], .. data.Shape[(axis + 1)..]];
        int[] shape = context.Attributes.Int("keepdims", 1) != 0 ? [.. data.Shape[..axis], 1, .. data.Shape[(axis + 1)..]] : without;
        Tensor axes = graph.Integers(axis);
        Tensor searched = last ? graph.Add(new Reverse(), data.Shape, data, axes) : data;
        Tensor index = graph.Add(operation, DataType.Int32, without, searched, graph.Integers(DataType.Int32, [], axis));
        if (last)
        {
            index = graph.Arithmetic(ArithmeticFunction.Subtract, graph.Integers(DataType.Int32, [], data.Shape[axis] - 1), index);
        }

        context.Give(graph.Add(new Cast(), DataType.Int64, shape, graph.Reshaped(index, shape)));
    }

    public static void CumulativeSum(ImportContext context)
    {
        Tensor data = context.Input(0);
        long[] axis = context.Longs(1, "axis");
        ImportContext.Require(axis.Length == 1, "It has not one axis.");
        CumulativeSum operation = new(context.Attributes.Flag("exclusive"), context.Attributes.Flag("reverse"));
        context.Give(context.Graph.Add(operation, data.Shape, data, context.Graph.Integers(DataType.Int32, [], ImportContext.Axis(axis[0], data.Rank))));
    }

    private static Tensor SquaresSummed(ImportContext context)
    {
        return Reduced(context, new Reduction(context), context.Graph.Unary(UnaryFunction.Square, context.Input(0)), ReduceFunction.Sum);
    }

    private static Tensor Reduced(ImportContext context, Reduction reduction, Tensor data, ReduceFunction function)
    {
        return reduction.Axes.Count == 0
            ? data
            : context.Graph.Add(new Reduce(function, reduction.KeepsDimensions), reduction.Shape, data, context.Graph.Integers(reduction.Axes));
    }
}
