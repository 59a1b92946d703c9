using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Movement;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>
/// Elements picked from, or put to, places that are given one by one. Putting needs constant places: then all elements are picked, each from the
/// data or from the updates behind it.
/// </summary>
internal static class ScatterImport
{
    /// <summary>Output [i][j][k] is data [index[i][j][k]][j][k], or so along another axis.</summary>
    public static void GatherElements(ImportContext context)
    {
        NodeBuilder graph = context.Graph;
        Tensor data = context.Input(0);
        Tensor indices = context.Input(1);
        int axis = ImportContext.Axis(context.Attributes.Int("axis", 0), data.Rank);
        ImportContext.Require(
            indices.Rank == data.Rank && !indices.Shape.Where((size, other) => other != axis && size > data.Shape[other]).Any(),
            $"Its indices {indices} do not fit the data {data}.");
        Tensor places = GatherImport.IndicesOf(context, data.Shape[axis]);
        int[] column = [.. indices.Shape, 1];
        Tensor[] coordinates = [.. Enumerable.Range(0, data.Rank).Select(other => other == axis
            ? graph.Reshaped(places, column)
            : graph.Integers(DataType.Int32, column, [.. Coordinates(indices.Shape, other)]))];
        Tensor tuples = data.Rank == 1 ? coordinates[0] : graph.Add(new Concatenation(data.Rank), [.. indices.Shape, data.Rank], coordinates);
        context.Give(graph.Add(new GatherNd(), data.Type, indices.Shape, data, tuples));
    }

    /// <summary>Data with single elements replaced: data [index[i][j][k]][j][k] is updates [i][j][k], or so along another axis.</summary>
    public static void Elements(ImportContext context)
    {
        Tensor data = context.Input(0);
        Tensor indices = context.Input(1);
        int axis = ImportContext.Axis(context.Attributes.Int("axis", 0), data.Rank);
        long[] places = PlacesOf(context);
        ImportContext.Require(
            indices.Rank == data.Rank && !indices.Shape.Where((size, other) => other != axis && size > data.Shape[other]).Any(), $"Its indices {indices} do not fit the data {data}.");
        long[] strides = RowMajor.Strides(data.Shape);
        long[] targets = new long[places.Length];
        for (int other = 0; other < data.Rank; other++)
        {
            long[] coordinates = other == axis ? Array.ConvertAll(places, place => GatherImport.FromFront(place, data.Shape[axis])) : [.. Coordinates(indices.Shape, other)];
            targets = [.. targets.Zip(coordinates, (target, coordinate) => target + (coordinate * strides[other]))];
        }

        context.Give(Put(context, data, targets, 1));
    }

    /// <summary>Data with slices replaced, whose places are tuples of indices into the data's outer axes.</summary>
    public static void Slices(ImportContext context)
    {
        Tensor data = context.Input(0);
        Tensor indices = context.Input(1);
        int tuple = indices.Rank == 0 ? 0 : indices.Shape[^1];
        ImportContext.Require(tuple >= 1 && tuple <= data.Rank, $"Its indices {indices} are no tuples of 1 to {data.Rank}.");
        long[] places = PlacesOf(context);
        int slice = data.Shape[tuple..].Aggregate(1, (product, size) => product * size);
        long[] strides = RowMajor.Strides(data.Shape);
        long[] targets = [.. places.Chunk(tuple).Select(place => place.Select((index, axis) => GatherImport.FromFront(index, data.Shape[axis]) * strides[axis]).Sum() / slice)];
        context.Give(Put(context, data, targets, slice));
    }

    private static Tensor Put(ImportContext context, Tensor data, long[] targets, int slice)
    {
        NodeBuilder graph = context.Graph;
        Tensor updates = context.Input(2);
        string reduction = context.Attributes.Text("reduction", "none");
        if (reduction != "none")
        {
            throw ImportContext.Refused($"It takes updates together with the data by '{Shapes.Short(reduction)}'.", "Add what is updated to the data instead.");
        }

        ImportContext.Require(updates.Type == data.Type && updates.ElementCount == targets.Length * (long)slice, $"Its updates {updates} are not {targets.Length} slices of {slice} for the data {data}.");
        int slices = data.ElementCount / Math.Max(slice, 1);
        long[] sources = [.. Enumerable.Range(0, slices).Select(place => (long)place)];
        for (int i = 0; i < targets.Length; i++)
        {
            sources[targets[i]] = slices + i;
        }

        int all = slices + targets.Length;
        Tensor together = graph.Add(new Concatenation(0), [all, slice], graph.Reshaped(data, slices, slice), graph.Reshaped(updates, targets.Length, slice));
        return graph.Reshaped(graph.Add(new Gather(0, 0), [slices, slice], together, graph.Integers(sources)), data.Shape);
    }

    private static long[] PlacesOf(ImportContext context)
    {
        return ConstantReader.ConstantLongs(context.Input(1))
            ?? throw ImportContext.Refused("Where its updates go is no constant.", "Export the network with fixed shapes, so that it becomes one.");
    }

    /// <summary>For each element of a shape, in its order, where it lies along an axis.</summary>
    private static IEnumerable<long> Coordinates(int[] shape, int axis)
    {
        int inner = shape[(axis + 1)..].Aggregate(1, (product, size) => product * size);
        return Enumerable.Range(0, (int)Shapes.Elements(shape)).Select(i => (long)(i / inner % shape[axis]));
    }
}
