using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>Slice and Split: parts of the data.</summary>
internal static class SliceImport
{
    /// <summary>Everything is an attribute up to version 9 and an input since version 10.</summary>
    public static void Slice(ImportContext context)
    {
        Tensor data = context.Input(0);
        bool areInputs = context.Version >= 10;
        long[] starts = areInputs ? context.Longs(1, "starts") : context.Attributes.Ints("starts") ?? throw ImportContext.Inconsistent("It has no starts.");
        long[] ends = areInputs ? context.Longs(2, "ends") : context.Attributes.Ints("ends") ?? throw ImportContext.Inconsistent("It has no ends.");
        long[]? named = areInputs ? context.OptionalInput(3) is null ? null : context.Longs(3, "axes") : context.Attributes.Ints("axes");
        long[]? stepped = areInputs && context.OptionalInput(4) is not null ? context.Longs(4, "steps") : null;
        int[] axes = named is null ? [.. Enumerable.Range(0, starts.Length)] : Array.ConvertAll(named, axis => ImportContext.Axis(axis, data.Rank));
        long[] steps = stepped ?? [.. Enumerable.Repeat(1L, axes.Length)];
        ImportContext.Require(
            starts.Length == axes.Length && ends.Length == axes.Length && steps.Length == axes.Length && axes.Length <= data.Rank && !steps.Contains(0),
            "Its starts, ends, axes and steps do not fit each other, or a step is 0.");
        SliceRange[] ranges = Array.ConvertAll(data.Shape, size => new SliceRange(0, 1, size));
        for (int i = 0; i < axes.Length; i++)
        {
            ranges[axes[i]] = SliceRange.Of(starts[i], ends[i], steps[i], data.Shape[axes[i]]);
        }

        context.Give(Sliced(context, data, ranges));
    }

    /// <summary>Sizes are an attribute up to version 12 and an input since version 13; without them the parts are equal.</summary>
    public static void Split(ImportContext context)
    {
        Tensor data = context.Input(0);
        int axis = ImportContext.Axis(context.Attributes.Int("axis", 0), data.Rank);
        long[]? given = context.Version >= 13
            ? context.OptionalInput(1) is null ? null : context.Longs(1, "sizes")
            : context.Attributes.Ints("split");
        long parts = context.Version >= 18 ? context.Attributes.Int("num_outputs", context.OutputCount) : context.OutputCount;
        ImportContext.Require(parts == context.OutputCount && parts >= 1, $"It has {context.OutputCount} outputs; it says {parts}.");

        // The last part is the smaller one where they cannot be equal.
        long part = (data.Shape[axis] + parts - 1) / parts;
        long[] sizes = given ?? [.. Enumerable.Range(0, (int)parts).Select(i => Math.Min(part, data.Shape[axis] - (part * i)))];
        ImportContext.Require(
            sizes.Length == parts && Array.TrueForAll(sizes, size => size >= 1) && sizes.Sum() == data.Shape[axis],
            $"Its parts are {Shapes.Text(sizes)}; the axis has the size {data.Shape[axis]}.");
        IEnumerable<int[]> shapes = sizes.Select(size => (int[])[.. data.Shape[..axis], (int)size, .. data.Shape[(axis + 1)..]]);
        Tensor[] outputs = context.Graph.AddMany(
            new SplitBySizes(), data.Type, shapes, data, context.Graph.Integers(sizes), context.Graph.Integers(DataType.Int32, [], axis));
        for (int i = 0; i < outputs.Length; i++)
        {
            context.Give(i, outputs[i]);
        }
    }

    private static Tensor Sliced(ImportContext context, Tensor data, SliceRange[] ranges)
    {
        NodeBuilder graph = context.Graph;
        int[] shape = Array.ConvertAll(ranges, range => range.Count);
        if (shape.Contains(0) && !data.IsConstant)
        {
            throw ImportContext.Refused("The slice is empty.", "Remove it from the source network.");
        }

        if (Array.TrueForAll(ranges, range => range.Step == 1))
        {
            return shape.AsSpan().SequenceEqual(data.Shape)
                ? data
                : shape.Contains(0)
                    ? graph.Integers(data.Type, shape)
                    : graph.Add(new Slice(), shape, data, graph.Integers(ranges.Select(range => (long)range.First)), graph.Integers(shape.Select(size => (long)size)));
        }

        // A range that goes backwards to the first element has no end that could be written.
        int ends = ranges.Select((range, axis) => range.End < 0 ? 1 << axis : 0).Sum();
        return graph.Add(
            new StridedSlice(0, ends, 0, 0, 0, EndIsOffset: false),
            shape,
            data,
            graph.Integers(ranges.Select(range => (long)range.First)),
            graph.Integers(ranges.Select(range => Math.Max(range.End, 0L))),
            graph.Integers(ranges.Select(range => (long)range.Step)));
    }
}
