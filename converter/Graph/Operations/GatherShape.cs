using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// The sizes that a gather works with: data [batches, outer, axis size, inner], indices [batches, positions], output
/// [batches, outer, positions, inner].
/// </summary>
internal sealed record GatherShape(int Batches, int Outer, int AxisSize, int Inner, int Positions)
{
    /// <summary>Null if data, indices, output and attributes do not fit each other.</summary>
    public static GatherShape? Of(Node node, Gather gather)
    {
        Tensor data = node.Input(0);
        Tensor indices = node.Input(1);
        int axis = AxisIndex.FromFront(gather.Axis, data.Rank);
        int batchAxes = gather.BatchAxes < 0 ? gather.BatchAxes + indices.Rank : gather.BatchAxes;
        if (axis < 0
            || batchAxes < 0
            || batchAxes > axis
            || batchAxes > indices.Rank
            || !data.Shape.AsSpan(0, batchAxes).SequenceEqual(indices.Shape.AsSpan(0, batchAxes)))
        {
            return null;
        }

        int[] expected = [.. data.Shape[..axis], .. indices.Shape[batchAxes..], .. data.Shape[(axis + 1)..]];
        return expected.Contains(0) || !node.Output().Shape.AsSpan().SequenceEqual(expected)
            ? null
            : new GatherShape(
                Product(data.Shape[..batchAxes]),
                Product(data.Shape[batchAxes..axis]),
                data.Shape[axis],
                Product(data.Shape[(axis + 1)..]),
                Product(indices.Shape[batchAxes..]));
    }

    private static int Product(int[] sizes)
    {
        return sizes.Aggregate(1, (product, size) => product * size);
    }
}
