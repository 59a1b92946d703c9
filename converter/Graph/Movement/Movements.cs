namespace EdgeQuant.Converter.Graph.Movement;

/// <summary>What nodes move.</summary>
internal static class Movements
{
    /// <summary>What a node moves, checked: every region lies inside its tensors, and the regions cover each output.</summary>
    /// <returns>Null if the node's operation computes rather than moves.</returns>
    public static MovementResult? Resolve(Node node)
    {
        if (node.Operation is not MovementOperation operation)
        {
            return null;
        }

        MovementResult result = operation.Resolve(node);
        if (result.Movements is null)
        {
            return result;
        }

        if (result.Movements.Any(movement => movement.Regions.Any(region => region.Source.Type != movement.Target.Type)))
        {
            return MovementResult.Refuse("Input and output have different types.", "Convert the source network again.");
        }

        return result.Movements.All(IsSound) ? result : MovementResult.Misfit();
    }

    private static bool IsSound(TensorMovement movement)
    {
        int elements = movement.Target.ElementCount;
        long covered = 0;
        foreach (MovementRegion region in movement.Regions)
        {
            if (!region.IsInside(movement.Target))
            {
                return false;
            }

            covered += region.ElementCount;
        }

        return covered == elements || (covered < elements && movement.Fill is not null);
    }
}
