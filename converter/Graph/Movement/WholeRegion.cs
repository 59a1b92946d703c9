namespace EdgeQuant.Converter.Graph.Movement;

/// <summary>The region that is a whole tensor.</summary>
internal static class WholeRegion
{
    /// <summary>All elements in their order, from the start of the target.</summary>
    public static MovementRegion Of(Tensor source)
    {
        return new MovementRegion(source, 0, 0, [new MovementAxis(source.ElementCount, 1, 1)]);
    }
}
