using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>Elements put together from several places.</summary>
internal static class GatherImport
{
    public static void Concat(ImportContext context)
    {
        Tensor[] inputs = context.AllInputs();
        context.RequireVersion(4);
        long given = context.Attributes.Int("axis", long.MaxValue);
        ImportContext.Require(Array.TrueForAll(inputs, input => input.Rank == inputs[0].Rank && input.Type == inputs[0].Type), "Its inputs are of different types or numbers of dimensions.");
        int axis = ImportContext.Axis(given, inputs[0].Rank);
        ImportContext.Require(
            Array.TrueForAll(inputs, input => !input.Shape.Where((size, i) => i != axis && size != inputs[0].Shape[i]).Any()),
            $"Its inputs {string.Join(" and ", inputs.Take(8).Select(input => input.ToString()))} differ elsewhere than along axis {axis}.");

        // What has no elements adds none.
        Tensor[] parts = [.. inputs.Where(input => input.Shape[axis] > 0)];
        if (parts.Length <= 1)
        {
            context.Give(parts.Length == 1 ? parts[0] : inputs[0]);
            return;
        }

        int[] shape = [.. inputs[0].Shape];
        shape[axis] = (int)Math.Min(parts.Sum(input => (long)input.Shape[axis]), int.MaxValue);
        context.Give(context.Graph.Add(new Concatenation(axis), shape, parts));
    }

    public static void Gather(ImportContext context)
    {
        Tensor data = context.Input(0);
        int axis = ImportContext.Axis(context.Attributes.Int("axis", 0), data.Rank);
        Tensor indices = IndicesOf(context, data.Shape[axis]);
        int[] shape = [.. data.Shape[..axis], .. indices.Shape, .. data.Shape[(axis + 1)..]];
        context.Give(context.Graph.Add(new Gather(axis, 0), shape, data, indices));
    }

    public static void GatherNd(ImportContext context)
    {
        Tensor data = context.Input(0);
        if (context.Attributes.Int("batch_dims", 0) != 0)
        {
            throw ImportContext.Refused("It gathers for each record of a batch by itself (batch_dims).", "Use Gather, or a batch of 1 without that dimension.");
        }

        Tensor given = context.Input(1);
        int tuple = given.Rank == 0 ? 0 : given.Shape[^1];
        ImportContext.Require(tuple >= 1 && tuple <= data.Rank, $"Its indices {given} are no tuples of 1 to {data.Rank}.");
        Tensor indices = given;
        if (ConstantReader.ConstantLongs(given) is long[] values)
        {
            indices = context.Graph.Integers(DataType.Int32, given.Shape, [.. values.Select((value, i) => FromFront(value, data.Shape[i % tuple]))]);
        }
        else if (given.Type != DataType.Int32)
        {
            indices = context.Graph.Add(new Cast(), DataType.Int32, given.Shape, given);
        }

        context.Give(context.Graph.Add(new GatherNd(), data.Type, [.. indices.Shape[..^1], .. data.Shape[tuple..]], data, indices));
    }

    /// <summary>The indices as 32-bit integers; constant ones are counted from the front.</summary>
    public static Tensor IndicesOf(ImportContext context, int size)
    {
        Tensor given = context.Input(1);
        ImportContext.Require(given.Type is DataType.Int32 or DataType.Int64, $"Its indices {given} are no integers.");
        return ConstantReader.ConstantLongs(given) is long[] values
            ? context.Graph.Integers(DataType.Int32, given.Shape, Array.ConvertAll(values, value => FromFront(value, size)))
            : given.Type == DataType.Int32 ? given : context.Graph.Add(new Cast(), DataType.Int32, given.Shape, given);
    }

    /// <summary>An index counted from the front.</summary>
    public static long FromFront(long index, int size)
    {
        long front = index < 0 ? index + size : index;
        ImportContext.Require(front >= 0 && front < size, $"Its index {index} lies outside of the axis, which has the size {size}.");
        return front;
    }
}
