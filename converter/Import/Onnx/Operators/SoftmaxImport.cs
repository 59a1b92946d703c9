using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>Softmax and LogSoftmax.</summary>
internal static class SoftmaxImport
{
    /// <summary>Along one axis since version 13; before, along the given axis and all behind it together.</summary>
    public static void Import(ImportContext context, Operation operation)
    {
        Tensor data = context.Input(0);
        bool together = context.Version < 13;
        int axis = ImportContext.Axis(context.Attributes.Int("axis", together ? 1 : -1), data.Rank);
        context.Give(together ? AlongRest(context.Graph, operation, data, axis) : AlongAxis(context.Graph, operation, data, axis));
    }

    /// <summary>An operation on rows along an axis: it becomes the last one for it.</summary>
    public static Tensor AlongAxis(NodeBuilder graph, Operation operation, Tensor data, int axis)
    {
        int[] toLast = [.. Enumerable.Range(0, data.Rank).Where(other => other != axis), axis];
        int[] back = [.. Enumerable.Range(0, axis), data.Rank - 1, .. Enumerable.Range(axis, data.Rank - 1 - axis)];
        Tensor last = graph.Transposed(data, toLast);
        return graph.Transposed(graph.Add(operation, last.Shape, last), back);
    }

    private static Tensor AlongRest(NodeBuilder graph, Operation operation, Tensor data, int axis)
    {
        if (data.Shape[(axis + 1)..].All(size => size == 1))
        {
            // As along the axis alone, which the channels of an image stay for.
            return AlongAxis(graph, operation, data, axis);
        }

        int[] rows = [data.Shape[..axis].Aggregate(1, (product, size) => product * size), data.Shape[axis..].Aggregate(1, (product, size) => product * size)];
        return graph.Reshaped(graph.Add(operation, rows, graph.Reshaped(data, rows)), data.Shape);
    }
}
