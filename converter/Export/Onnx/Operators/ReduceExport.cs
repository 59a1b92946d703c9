using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Movement;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Export.Onnx.Operators;

/// <summary>Reductions along axes, positions of extremes, running sums.</summary>
internal static class ReduceExport
{
    /// <summary>Axes of most reductions are an input from this version of the operator set on, those of sums always.</summary>
    private const int AxesAreInputs = 18;

    public static void Reduce(Node node, Reduce operation, ExportContext context)
    {
        if (Name(operation.Function) is not string name)
        {
            context.Refuse($"A reduction by {operation.Function} is not written.", "Leave it out of what is exported.");
            return;
        }

        if (Axes(node, context) is not int[] plain)
        {
            return;
        }

        Tensor data = node.Input(0);
        Layout layout = LayoutOf(data, plain, operation.KeepDimensions, context);
        int[] axes = [.. plain.Select(axis => Layouts.Axis(axis, layout)).Order()];
        string x = context.Real(data, layout);
        int keep = operation.KeepDimensions ? 1 : 0;
        string real = operation.Function == ReduceFunction.Sum || context.Opset >= AxesAreInputs
            ? context.Writer.Emit(name, "reduced", [x, context.Writer.Integers(Array.ConvertAll(axes, axis => (long)axis))], ("keepdims", keep))
            : context.Writer.Emit(name, "reduced", [x], ("axes", axes), ("keepdims", keep));
        context.Set(node.Output(), real, operation.KeepDimensions ? layout : Layout.Plain);
    }

    /// <summary>The position of an extreme along an axis, the first one of equal ones.</summary>
    public static void Position(Node node, string name, ExportContext context)
    {
        if (Axes(node, context) is [int axis])
        {
            string position = context.Writer.Emit(name, "position", [context.Real(node.Input(0))], ("axis", axis), ("keepdims", node.Output().Rank == node.Input(0).Rank ? 1 : 0));
            context.SetStored(node.Output(), ConversionExport.Cast(position, node.Output().Type, context));
        }
    }

    public static void RunningSum(Node node, CumulativeSum operation, ExportContext context)
    {
        if (Axes(node, context) is [int axis])
        {
            string[] inputs = [context.Real(node.Input(0)), context.Writer.Integers(axis)];
            context.Set(node.Output(), context.Writer.Emit("CumSum", "sums", inputs, ("exclusive", operation.Exclusive ? 1 : 0), ("reverse", operation.Reverse ? 1 : 0)));
        }
    }

    private static string? Name(ReduceFunction function)
    {
        return function switch
        {
            ReduceFunction.Mean => "ReduceMean",
            ReduceFunction.Sum => "ReduceSum",
            ReduceFunction.Maximum => "ReduceMax",
            ReduceFunction.Minimum => "ReduceMin",
            _ => null,
        };
    }

    private static int[]? Axes(Node node, ExportContext context)
    {
        int[]? axes = ConstantReader.ConstantInts(node.Input(1)) is int[] given ? [.. given.Select(axis => AxisIndex.FromFront(axis, node.Input(0).Rank)).Distinct()] : null;
        if (axes is null || axes.Contains(-1))
        {
            context.Refuse("Its axes must be constants.", "Give the converter that made the file fixed shapes.");
            return null;
        }

        return axes;
    }

    /// <summary>Channels may stay first where that leaves the remaining axes in their order.</summary>
    private static Layout LayoutOf(Tensor data, int[] reduced, bool keeps, ExportContext context)
    {
        int[] left = [.. Layouts.ToChannelsFirst.Where(axis => !reduced.Contains(axis))];
        return context.LayoutOf(data) == Layout.ChannelsFirst && (keeps || left.SequenceEqual(left.Order())) ? Layout.ChannelsFirst : Layout.Plain;
    }
}
