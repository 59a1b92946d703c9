using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>The same elements in other shapes, other orders, or repeated.</summary>
internal static class ShapeImport
{
    public static void Transpose(ImportContext context)
    {
        Tensor data = context.Input(0);
        long[] permutation = context.Attributes.Ints("perm") ?? [.. Enumerable.Range(0, data.Rank).Reverse().Select(axis => (long)axis)];
        ImportContext.Require(
            permutation.Order().SequenceEqual(Enumerable.Range(0, data.Rank).Select(axis => (long)axis)), $"Its perm {Shapes.Text(permutation)} is no order of the axes of {data}.");
        context.Give(context.Graph.Transposed(data, Array.ConvertAll(permutation, axis => (int)axis)));
    }

    /// <summary>A size of 0 is the data's own along the same axis (unless allowzero says that it is 0), a size of -1 follows from the others.</summary>
    public static void Reshape(ImportContext context)
    {
        Tensor data = context.Input(0);
        long[] given = context.Longs(1, "shape");
        bool keeps = !context.Attributes.Flag("allowzero");
        long[] sizes = [.. given.Select((size, axis) => size == 0 && keeps && axis < data.Rank ? data.Shape[axis] : size)];
        int open = Array.IndexOf(sizes, -1);
        long known = sizes.Where((_, axis) => axis != open).Aggregate(1L, (product, size) => size < 0 || product < 0 ? -1 : Math.Min(product * size, 1L << 32));
        if (open >= 0 && known > 0)
        {
            sizes[open] = data.ElementCount / known;
            known *= sizes[open];
        }

        ImportContext.Require(known == data.ElementCount && !sizes.Contains(-1), $"Its shape {Shapes.Text(given)} has not the elements of {data}.");
        context.Give(context.Graph.Reshaped(data, Array.ConvertAll(sizes, size => (int)size)));
    }

    public static void Flatten(ImportContext context)
    {
        Tensor data = context.Input(0);
        long given = context.Attributes.Int("axis", 1);
        long axis = given < 0 ? given + data.Rank : given;
        ImportContext.Require(axis >= 0 && axis <= data.Rank, $"Its axis {given} is none of {data}.");
        int rows = data.Shape[..(int)axis].Aggregate(1, (product, size) => product * size);
        context.Give(context.Graph.Reshaped(data, rows, data.ElementCount / Math.Max(rows, 1)));
    }

    public static void Squeeze(ImportContext context)
    {
        Tensor data = context.Input(0);
        long[]? given = Axes(context);
        int[] axes = given is null
            ? [.. Enumerable.Range(0, data.Rank).Where(axis => data.Shape[axis] == 1)]
            : Array.ConvertAll(given, axis => ImportContext.Axis(axis, data.Rank));
        ImportContext.Require(Array.TrueForAll(axes, axis => data.Shape[axis] == 1), $"It removes an axis of {data} that has not the size 1.");
        context.Give(context.Graph.Reshaped(data, [.. data.Shape.Where((_, axis) => !axes.Contains(axis))]));
    }

    public static void Unsqueeze(ImportContext context)
    {
        Tensor data = context.Input(0);
        long[] given = Axes(context) ?? throw ImportContext.Inconsistent("It has no axes.");
        int rank = data.Rank + given.Length;
        int[] axes = [.. given.Select(axis => ImportContext.Axis(axis, rank)).Distinct()];
        ImportContext.Require(axes.Length == given.Length, $"Its axes {Shapes.Text(given)} name one twice.");
        List<int> shape = [.. data.Shape];
        foreach (int axis in axes.Order())
        {
            shape.Insert(axis, 1);
        }

        context.Give(context.Graph.Reshaped(data, [.. shape]));
    }

    public static void Expand(ImportContext context)
    {
        Tensor data = context.Input(0);
        long[] given = context.Longs(1, "shape");
        ImportContext.Require(Array.TrueForAll(given, size => size is >= 1 and <= int.MaxValue), $"Its shape is {Shapes.Text(given)}.");
        int[] shape = Shapes.Broadcast(data.Shape, Array.ConvertAll(given, size => (int)size));
        context.Give(shape.AsSpan().SequenceEqual(data.Shape) ? data : context.Graph.Add(new BroadcastTo(), shape, data));
    }

    public static void Tile(ImportContext context)
    {
        Tensor data = context.Input(0);
        long[] given = context.Longs(1, "repeats");
        ImportContext.Require(
            given.Length == data.Rank && Array.TrueForAll(given, times => times is >= 1 and <= int.MaxValue), $"Its repeats are {Shapes.Text(given)}; they are {data.Rank} numbers of 1 and more.");
        int[] shape = [.. data.Shape.Select((size, axis) => (int)Math.Min(size * given[axis], int.MaxValue))];
        context.Give(shape.AsSpan().SequenceEqual(data.Shape) ? data : context.Graph.Add(new Tile(), shape, data, context.Graph.Integers(given)));
    }

    /// <summary>The axes are an attribute up to version 12 and an input since version 13.</summary>
    private static long[]? Axes(ImportContext context)
    {
        return context.Version < 13 ? context.Attributes.Ints("axes") : context.OptionalInput(1) is null ? null : context.Longs(1, "axes");
    }
}
