using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Execute.Shapes;

/// <summary>A tensor seen along one axis: [outer, size, inner].</summary>
/// <param name="Outer">The product of the sizes before the axis.</param>
/// <param name="Size">The axis.</param>
/// <param name="Inner">The product of the sizes behind it.</param>
internal readonly record struct AxisLoops(int Outer, int Size, int Inner)
{
    /// <summary>Null if the shape has no such axis.</summary>
    /// <param name="shape">The tensor's shape.</param>
    /// <param name="axis">The axis; negative: counted from the back.</param>
    public static AxisLoops? Of(int[] shape, long axis)
    {
        int front = AxisIndex.FromFront(axis, shape.Length);
        return front < 0 ? null : new AxisLoops(Product(shape[..front]), shape[front], Product(shape[(front + 1)..]));
    }

    private static int Product(int[] sizes)
    {
        return sizes.Aggregate(1, (product, size) => product * size);
    }
}
