using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>Normalizations, as the arithmetic that they are.</summary>
internal static class NormalizationImport
{
    /// <summary>For inference: a factor and an addend for each channel, which are constants where the parameters are.</summary>
    public static void Batch(ImportContext context)
    {
        NodeBuilder graph = context.Graph;
        Tensor data = context.Input(0);
        context.RequireVersion(7);
        context.Attributes.Ignore("momentum");
        if (context.Attributes.Flag("training_mode") || context.Attributes.Int("spatial", 1) == 0)
        {
            throw ImportContext.Refused("It normalizes each record by itself, as in training, or each position by its own parameters.", "Export the network for inference.");
        }

        ImportContext.Require(data.Rank >= 2, $"Its data {data} has no channels.");
        Tensor[] parameters = [.. Enumerable.Range(1, 4).Select(input => PerChannel(context, input, data))];
        (Tensor scale, Tensor bias, Tensor mean, Tensor variance) = (parameters[0], parameters[1], parameters[2], parameters[3]);
        Tensor factor = graph.Arithmetic(ArithmeticFunction.Multiply, scale, InverseDeviation(graph, variance, context.Attributes.Float("epsilon", 1e-5f)));
        Tensor addend = graph.Arithmetic(ArithmeticFunction.Subtract, bias, graph.Arithmetic(ArithmeticFunction.Multiply, mean, factor));
        Tensor scaled = graph.Arithmetic(ArithmeticFunction.Multiply, data, factor);
        context.Give(graph.Arithmetic(ArithmeticFunction.Add, scaled, addend));
    }

    /// <summary>Over height and width, for each channel.</summary>
    public static void Instance(ImportContext context)
    {
        NodeBuilder graph = context.Graph;
        Tensor data = context.Input(0);
        ImportContext.Require(data.Rank >= 3, $"Its data {data} has no spatial dimensions.");
        Tensor whole = Ungrouped(graph, data);
        Tensor normalized = Normalized(graph, whole, [.. Enumerable.Range(2, whole.Rank - 2)], context.Attributes.Float("epsilon", 1e-5f));
        Tensor scaled = graph.Arithmetic(ArithmeticFunction.Multiply, normalized, PerChannel(context, 1, whole));
        context.Give(graph.Reshaped(graph.Arithmetic(ArithmeticFunction.Add, scaled, PerChannel(context, 2, whole)), data.Shape));
    }

    /// <summary>
    /// Data whose axes behind the channels are those that a reshape before has taken together: exporters write a group normalization as one of
    /// instances [batch, groups, rest]. So height and width stay axes of their own, which can be moved.
    /// </summary>
    private static Tensor Ungrouped(NodeBuilder graph, Tensor data)
    {
        return graph.SourceOfReshape(data) is Tensor { Rank: > 2 } images && data.Rank == 3 && images.Shape[0] == data.Shape[0] && images.Shape[1] % data.Shape[1] == 0
            ? graph.Reshaped(images, [data.Shape[0], data.Shape[1], images.Shape[1] / data.Shape[1], .. images.Shape[2..]])
            : data;
    }

    /// <summary>Over the channels of a group, height and width. Factors and addends belong to groups before version 21, to channels since.</summary>
    public static void Group(ImportContext context)
    {
        NodeBuilder graph = context.Graph;
        Tensor data = context.Input(0);
        context.Attributes.Ignore("stash_type");
        long groups = context.Attributes.Int("num_groups", 0);
        ImportContext.Require(data.Rank >= 2 && groups >= 1 && data.Shape[1] % groups == 0, $"Its data {data} has no {groups} groups of channels.");
        int size = data.Shape[1] / (int)groups;
        int[] grouped = [data.Shape[0], (int)groups, size, .. data.Shape[2..]];
        Tensor normalized = Normalized(graph, graph.Reshaped(data, grouped), [.. Enumerable.Range(2, grouped.Length - 2)], context.Attributes.Float("epsilon", 1e-5f));
        int[] parameters = context.Version >= 21
            ? [(int)groups, size, .. Enumerable.Repeat(1, data.Rank - 2)]
            : [(int)groups, 1, .. Enumerable.Repeat(1, data.Rank - 2)];
        ImportContext.Require(
            context.Input(1).ElementCount == Shapes.Elements(parameters) && context.Input(2).ElementCount == Shapes.Elements(parameters),
            $"Its factors {context.Input(1)} and addends {context.Input(2)} have not {Shapes.Elements(parameters)} elements.");
        Tensor scaled = graph.Arithmetic(ArithmeticFunction.Multiply, normalized, graph.Reshaped(context.Input(1), parameters));
        context.Give(graph.Reshaped(graph.Arithmetic(ArithmeticFunction.Add, scaled, graph.Reshaped(context.Input(2), parameters)), data.Shape));
    }

    /// <summary>Over an axis and all behind it.</summary>
    public static void Layer(ImportContext context)
    {
        NodeBuilder graph = context.Graph;
        Tensor data = context.Input(0);
        context.Attributes.Ignore("stash_type");
        int axis = ImportContext.Axis(context.Attributes.Int("axis", -1), data.Rank);
        (Tensor normalized, Tensor mean, Tensor inverse) = Parts(graph, data, [.. Enumerable.Range(axis, data.Rank - axis)], context.Attributes.Float("epsilon", 1e-5f));
        context.Give(1, mean);
        context.Give(2, inverse);
        Tensor scaled = graph.Arithmetic(ArithmeticFunction.Multiply, normalized, context.Input(1));
        context.Give(context.OptionalInput(2) is Tensor addend ? graph.Arithmetic(ArithmeticFunction.Add, scaled, addend) : scaled);
    }

    /// <summary>Over the root of the mean of squares along an axis and all behind it, without taking the mean away.</summary>
    public static void RootMeanSquare(ImportContext context)
    {
        Tensor data = context.Input(0);
        context.Attributes.Ignore("stash_type");
        int axis = ImportContext.Axis(context.Attributes.Int("axis", -1), data.Rank);
        context.Give(RootMeanSquare(context.Graph, data, axis, context.Attributes.Float("epsilon", 1e-5f), context.Input(1)));
    }

    /// <summary>Data over the root of its mean square along an axis and all behind it, times factors.</summary>
    public static Tensor RootMeanSquare(NodeBuilder graph, Tensor data, int axis, float epsilon, Tensor factors)
    {
        int[] shape = [.. data.Shape.Select((size, other) => other >= axis ? 1 : size)];
        Tensor axes = graph.Integers(Enumerable.Range(axis, data.Rank - axis).Select(other => (long)other));
        Tensor squares = graph.Add(new Reduce(ReduceFunction.Mean, KeepDimensions: true), shape, graph.Unary(UnaryFunction.Square, data), axes);
        return graph.Arithmetic(ArithmeticFunction.Multiply, graph.Arithmetic(ArithmeticFunction.Multiply, data, InverseDeviation(graph, squares, epsilon)), factors);
    }

    /// <summary>Over the axes that it names, without parameters.</summary>
    public static void MeanVariance(ImportContext context)
    {
        Tensor data = context.Input(0);
        long[] axes = context.Attributes.Ints("axes") ?? [0, 2, 3];

        // The specification's own function adds this to the deviation; to its square it is nothing that shows.
        const float Epsilon = 1e-9f;
        context.Give(Normalized(context.Graph, data, [.. axes.Select(axis => ImportContext.Axis(axis, data.Rank))], Epsilon));
    }

    /// <summary>Over the sum of sizes, or the root of the sum of squares, along an axis.</summary>
    public static void Lp(ImportContext context)
    {
        NodeBuilder graph = context.Graph;
        Tensor data = context.Input(0);
        int axis = ImportContext.Axis(context.Attributes.Int("axis", -1), data.Rank);
        long order = context.Attributes.Int("p", 2);
        ImportContext.Require(order is 1 or 2, $"Its p is {order}; it is 1 or 2.");
        if (order == 2)
        {
            context.Give(SoftmaxImport.AlongAxis(graph, new L2Normalization(), data, axis));
            return;
        }

        int[] shape = [.. data.Shape];
        shape[axis] = 1;
        Tensor sum = graph.Add(new Reduce(ReduceFunction.Sum, KeepDimensions: true), shape, graph.Unary(UnaryFunction.Absolute, data), graph.Integers(axis));
        context.Give(graph.Arithmetic(ArithmeticFunction.Divide, data, sum));
    }

    /// <summary>Data without its mean over axes, over its deviation there.</summary>
    public static Tensor Normalized(NodeBuilder graph, Tensor data, int[] axes, float epsilon)
    {
        return Parts(graph, data, axes, epsilon).Normalized;
    }

    private static (Tensor Normalized, Tensor Mean, Tensor InverseDeviation) Parts(NodeBuilder graph, Tensor data, int[] axes, float epsilon)
    {
        int[] shape = [.. data.Shape.Select((size, axis) => axes.Contains(axis) ? 1 : size)];
        Tensor reduced = graph.Integers(axes.Select(axis => (long)axis));
        Tensor mean = graph.Add(new Reduce(ReduceFunction.Mean, KeepDimensions: true), shape, data, reduced);
        Tensor centered = graph.Arithmetic(ArithmeticFunction.Subtract, data, mean);
        Tensor variance = graph.Add(new Reduce(ReduceFunction.Mean, KeepDimensions: true), shape, graph.Unary(UnaryFunction.Square, centered), reduced);
        Tensor inverse = InverseDeviation(graph, variance, epsilon);
        return (graph.Arithmetic(ArithmeticFunction.Multiply, centered, inverse), mean, inverse);
    }

    private static Tensor InverseDeviation(NodeBuilder graph, Tensor variance, float epsilon)
    {
        return graph.Unary(UnaryFunction.ReciprocalSquareRoot, graph.Arithmetic(ArithmeticFunction.Add, variance, graph.Constant([], epsilon)));
    }

    /// <summary>A parameter with an element for each channel, in a shape that is broadcast to the data.</summary>
    private static Tensor PerChannel(ImportContext context, int input, Tensor data)
    {
        Tensor parameter = context.Input(input);
        ImportContext.Require(parameter.ElementCount == data.Shape[1], $"Its parameter {parameter} has not an element for each channel of {data}.");
        return context.Graph.Reshaped(parameter, [data.Shape[1], .. Enumerable.Repeat(1, data.Rank - 2)]);
    }
}
