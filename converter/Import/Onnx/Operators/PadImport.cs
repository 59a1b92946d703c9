using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>Pad: a frame around the data. Negative widths cut the data off.</summary>
internal static class PadImport
{
    public static void Import(ImportContext context)
    {
        Tensor data = context.Input(0);
        (int[] before, int[] after) = Widths(context, data.Rank);
        Tensor cut = Cut(context.Graph, data, before, after);
        before = Array.ConvertAll(before, width => Math.Max(width, 0));
        after = Array.ConvertAll(after, width => Math.Max(width, 0));
        string mode = context.Attributes.Text("mode", "constant");
        Tensor? value = context.Version >= 11 ? context.OptionalInput(2) : Value(context);
        int[] shape = [.. cut.Shape.Select((size, axis) => size + before[axis] + after[axis])];
        Shapes.RequireSize(shape);
        if (shape.AsSpan().SequenceEqual(cut.Shape))
        {
            context.Give(cut);
            return;
        }

        context.Give(mode switch
        {
            "constant" => context.Graph.Add(new Pad(), shape, cut, Paddings(context.Graph, before, after), IsZero(value) ? null : value),
            "reflect" when Enumerable.Range(0, cut.Rank).All(axis => Math.Max(before[axis], after[axis]) < cut.Shape[axis]) =>
                context.Graph.Add(new MirrorPad(MirrorMode.Reflect), shape, cut, Paddings(context.Graph, before, after)),
            "reflect" => throw ImportContext.Refused($"It mirrors {cut} over more than its own size.", "Pad by less than the size of the axis."),
            "edge" => Gathered(context.Graph, cut, before, after, (index, size) => Math.Clamp(index, 0, size - 1)),
            "wrap" => Gathered(context.Graph, cut, before, after, (index, size) => ((index % size) + size) % size),
            _ => throw ImportContext.Inconsistent($"Its mode is '{Shapes.Short(mode)}'; there are constant, reflect, edge and wrap."),
        });
    }

    /// <summary>The widths are an attribute up to version 10 and an input since version 11; since version 18 for some axes only.</summary>
    private static (int[] Before, int[] After) Widths(ImportContext context, int rank)
    {
        const int Axes = 3;
        long[] given = context.Version >= 11
            ? context.Longs(1, "pads")
            : context.Attributes.Ints("pads") ?? throw ImportContext.Inconsistent("It has no pads.");
        int[] axes = context.OptionalInput(Axes) is null
            ? [.. Enumerable.Range(0, rank)]
            : Array.ConvertAll(context.Longs(Axes, "axes"), axis => ImportContext.Axis(axis, rank));
        ImportContext.Require(
            given.Length == 2 * axes.Length && Array.TrueForAll(given, width => Math.Abs(Math.Max(width, -int.MaxValue)) <= 1 << 24),
            $"Its pads are {Shapes.Text(given)}; they are {2 * axes.Length} numbers.");
        int[] before = new int[rank];
        int[] after = new int[rank];
        for (int i = 0; i < axes.Length; i++)
        {
            before[axes[i]] = (int)given[i];
            after[axes[i]] = (int)given[i + axes.Length];
        }

        return (before, after);
    }

    private static Tensor? Value(ImportContext context)
    {
        float value = context.Attributes.Float("value", 0);
        return value == 0 ? null : context.Graph.Constant([], value);
    }

    private static bool IsZero(Tensor? value)
    {
        return value is null || (RealConstant.Values(value) ?? []) is [0] || (ConstantReader.ConstantLongs(value) ?? []) is [0];
    }

    private static Tensor Cut(NodeBuilder graph, Tensor data, int[] before, int[] after)
    {
        if (!before.Concat(after).Any(width => width < 0))
        {
            return data;
        }

        int[] start = Array.ConvertAll(before, width => Math.Max(-width, 0));
        int[] size = [.. data.Shape.Select((length, axis) => length - start[axis] - Math.Max(-after[axis], 0))];
        ImportContext.Require(Array.TrueForAll(size, length => length >= 1), $"Its pads cut everything off {data}.");
        return graph.Add(new Slice(), size, data, graph.Integers(start.Select(first => (long)first)), graph.Integers(size.Select(length => (long)length)));
    }

    private static Tensor Paddings(NodeBuilder graph, int[] before, int[] after)
    {
        return graph.Integers(DataType.Int32, [before.Length, 2], [.. before.SelectMany((width, axis) => new long[] { width, after[axis] })]);
    }

    /// <summary>A frame of elements of the data, axis by axis.</summary>
    private static Tensor Gathered(NodeBuilder graph, Tensor data, int[] before, int[] after, Func<int, int, int> element)
    {
        for (int axis = 0; axis < data.Rank; axis++)
        {
            int size = data.Shape[axis];
            int length = size + before[axis] + after[axis];
            if (length != size)
            {
                int[] shape = [.. data.Shape];
                shape[axis] = length;
                int first = -before[axis];
                data = graph.Add(new Gather(axis, 0), shape, data, graph.Integers(Enumerable.Range(first, length).Select(index => (long)element(index, size))));
            }
        }

        return data;
    }
}
