using EdgeQuant.Converter.Graph;
using Xunit;

namespace EdgeQuant.Converter.Tests.Movement;

/// <summary>A node that moves elements, and where each element of its outputs has to come from, told index by index.</summary>
/// <param name="Node">The node.</param>
/// <param name="OriginOf">The origin of an output's element, by the output's position and the index on each axis; null for the fill.</param>
internal sealed record MovementCase(Node Node, Func<int, int[], Origin?> OriginOf)
{
    /// <summary>What elements without origin are.</summary>
    public long Fill { get; init; }

    /// <summary>The elements that an output must have.</summary>
    /// <param name="output">The output's position.</param>
    /// <param name="valuesOf">The elements of an input.</param>
    public long[] Expected(int output, Func<Tensor, long[]> valuesOf)
    {
        int[] shape = Node.Outputs[output].Shape;
        long[] expected = new long[shape.Aggregate(1, (product, size) => product * size)];
        for (int i = 0; i < expected.Length; i++)
        {
            Origin? origin = OriginOf(output, Index(i, shape));
            expected[i] = origin is null ? Fill : valuesOf(Node.Input(origin.Input))[Position(origin.Index, Node.Input(origin.Input).Shape)];
        }

        return expected;
    }

    private static int[] Index(int position, int[] shape)
    {
        int[] index = new int[shape.Length];
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            index[axis] = position % shape[axis];
            position /= shape[axis];
        }

        return index;
    }

    private static int Position(int[] index, int[] shape)
    {
        Assert.Equal(shape.Length, index.Length);
        int position = 0;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            Assert.InRange(index[axis], 0, shape[axis] - 1);
            position = (position * shape[axis]) + index[axis];
        }

        return position;
    }
}
