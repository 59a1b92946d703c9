namespace EdgeQuant.Converter.Graph.Movement;

/// <summary>How one output of a node is put together from elements of its inputs.</summary>
/// <param name="Target">The output.</param>
/// <param name="Regions">What is copied into it, in this order; no element is written twice.</param>
internal sealed record TensorMovement(Tensor Target, IReadOnlyList<MovementRegion> Regions)
{
    /// <summary>The bytes of the element that every element outside the regions is; null if the regions cover everything.</summary>
    public byte[]? Fill { get; init; }
}
