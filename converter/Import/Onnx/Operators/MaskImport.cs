using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Import.Onnx.Reading;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>Operators that choose elements by their place: triangles, diagonals, one of many.</summary>
internal static class MaskImport
{
    /// <summary>What lies above or below a diagonal of matrices; the rest is 0.</summary>
    public static void Triangle(ImportContext context)
    {
        NodeBuilder graph = context.Graph;
        Tensor data = context.Input(0);
        ImportContext.Require(data.Rank >= 2, $"Its data {data} are no matrices.");
        long diagonal = context.OptionalInput(1) is null ? 0 : context.Longs(1, "diagonal") is [long given] ? given : throw ImportContext.Inconsistent("It has not one diagonal.");
        bool upper = context.Attributes.Int("upper", 1) != 0;
        (int rows, int columns) = (data.Shape[^2], data.Shape[^1]);
        Tensor mask = graph.Integers(DataType.Bool, [rows, columns], [.. Places(rows, columns).Select(at => (upper ? at.Column - at.Row >= diagonal : at.Column - at.Row <= diagonal) ? 1L : 0L)]);
        context.Give(graph.Selected(mask, data, Number(graph, data.Type, 0)));
    }

    /// <summary>Ones on a diagonal of a matrix of the data's shape, zeros elsewhere.</summary>
    public static void Diagonal(ImportContext context)
    {
        Tensor data = context.Input(0);
        ImportContext.Require(data.Rank == 2, $"Its data {data} is no matrix.");
        int given = (int)context.Attributes.Int("dtype", 0);
        DataType type = given == 0 ? data.Type : TensorBytes.TypeOf(given) ?? throw ImportContext.Refused($"It makes {TensorBytes.NameOf(given)}, which is not supported.", "Replace it in the source network.");
        long diagonal = context.Attributes.Int("k", 0);
        long[] ones = [.. Places(data.Shape[0], data.Shape[1]).Select(at => at.Column - at.Row == diagonal ? 1L : 0L)];
        context.Give(type == DataType.Float32
            ? context.Graph.Constant(data.Shape, Array.ConvertAll(ones, one => (float)one))
            : context.Graph.Integers(type, data.Shape, ones));
    }

    /// <summary>Along a new axis one value where the index is, another elsewhere. Inputs: indices, the axis's size, the values elsewhere and there.</summary>
    public static void OneOfMany(ImportContext context)
    {
        NodeBuilder graph = context.Graph;
        Tensor given = context.Input(0);
        Tensor values = context.Input(2);
        long size = DepthOf(context);
        ImportContext.Require(size is >= 1 and <= int.MaxValue && values.ElementCount == 2, $"Its axis has the size {size}, its values are {values}.");
        int axis = ImportContext.Axis(context.Attributes.Int("axis", -1), given.Rank + 1);
        Tensor indices = given.Type == DataType.Int32 ? given : graph.Add(new Cast(), DataType.Int32, given.Shape, given);
        Tensor places = graph.Reshaped(indices, [.. given.Shape[..axis], 1, .. given.Shape[axis..]]);

        // An index counts from the front or, negative, from the back.
        Tensor there = graph.Add(new Logical(LogicalFunction.Or), DataType.Bool, WithSize(places, axis, (int)size), Is(0), Is(-size));
        Tensor[] choices = [.. Enumerable.Range(0, 2).Select(choice => graph.Reshaped(graph.Part(graph.Reshaped(values, 2), 0, choice, 1), []))];
        context.Give(graph.Selected(there, choices[1], choices[0]));

        Tensor Is(long first)
        {
            return EqualPlaces(graph, places, axis, first, (int)size);
        }
    }

    /// <summary>1 at the largest element along an axis, the first of them, 0 elsewhere; before version 13 along an axis and all behind it together.</summary>
    public static void Largest(ImportContext context)
    {
        NodeBuilder graph = context.Graph;
        Tensor given = context.Input(0);
        bool together = context.Version < 13;
        int axis = ImportContext.Axis(context.Attributes.Int("axis", together ? 1 : -1), given.Rank);
        int outer = given.Shape[..axis].Aggregate(1, (product, part) => product * part);
        Tensor data = together ? graph.Reshaped(given, outer, given.ElementCount / Math.Max(outer, 1)) : given;
        int along = together ? 1 : axis;
        int size = data.Shape[along];
        Tensor index = graph.Add(
            new ArgMaximum(), DataType.Int32, [.. data.Shape[..along], .. data.Shape[(along + 1)..]], data, graph.Integers(DataType.Int32, [], along));
        Tensor places = graph.Reshaped(index, WithSize(data, along, 1));
        Tensor there = EqualPlaces(graph, places, along, 0, size);
        context.Give(graph.Reshaped(graph.Selected(there, Number(graph, given.Type, 1), Number(graph, given.Type, 0)), given.Shape));
    }

    /// <summary>True where an index, which has the size 1 along an axis, is the place along the axis, counted from a first number.</summary>
    private static Tensor EqualPlaces(NodeBuilder graph, Tensor index, int axis, long first, int size)
    {
        Tensor places = graph.Integers(DataType.Int32, [size, .. Enumerable.Repeat(1, index.Rank - 1 - axis)], [.. Enumerable.Range(0, size).Select(place => first + place)]);
        return graph.Add(new Comparison(ComparisonFunction.Equal), DataType.Bool, WithSize(index, axis, size), index, places);
    }

    private static long DepthOf(ImportContext context)
    {
        return context.Input(1).Type == DataType.Float32
            ? (long)(context.Scalar(1, "axis's size") ?? 0)
            : context.Longs(1, "axis's size") is [long size] ? size : throw ImportContext.Inconsistent("Its axis has not one size.");
    }

    private static Tensor Number(NodeBuilder graph, DataType type, int value)
    {
        return type == DataType.Float32 ? graph.Constant([], value) : graph.Integers(type, [], value);
    }

    private static int[] WithSize(Tensor data, int axis, int size)
    {
        return [.. data.Shape[..axis], size, .. data.Shape[(axis + 1)..]];
    }

    private static IEnumerable<(int Row, int Column)> Places(int rows, int columns)
    {
        return Enumerable.Range(0, rows).SelectMany(row => Enumerable.Range(0, columns).Select(column => (row, column)));
    }
}
