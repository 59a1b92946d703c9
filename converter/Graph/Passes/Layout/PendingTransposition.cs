namespace EdgeQuant.Converter.Graph.Passes.Layout;

/// <summary>A tensor that nothing has made yet: the elements of another with axes in another order, and then in another shape.</summary>
/// <param name="Base">The tensor that is there.</param>
/// <param name="Order">Axis i is axis Order[i] of the base.</param>
/// <param name="Shape">The shape at last, of as many elements.</param>
internal sealed record PendingTransposition(Tensor Base, int[] Order, int[] Shape)
{
    /// <summary>The shape before it is changed at last.</summary>
    public int[] TransposedShape => Permutation.Apply(Order, Base.Shape);

    /// <summary>True if the shape changes behind the order.</summary>
    public bool IsReshaped => !Shape.AsSpan().SequenceEqual(TransposedShape);

    /// <summary>True if another is ordered alike, and not reshaped.</summary>
    public bool HasOrder(int[] order)
    {
        return !IsReshaped && Order.AsSpan().SequenceEqual(order);
    }
}
