namespace EdgeQuant.Converter.Graph.Movement;

/// <summary>What a node moves; or that this is known at run time only; or why it cannot be.</summary>
internal sealed record MovementResult
{
    private MovementResult()
    {
    }

    /// <summary>The node moves elements to places that are computed at run time: an operator of its own does that.</summary>
    public static MovementResult AtRunTime { get; } = new();

    /// <summary>One for each output; null if it is not known or cannot be.</summary>
    public IReadOnlyList<TensorMovement>? Movements { get; private init; }

    /// <summary>Why it cannot be; null otherwise.</summary>
    public string? Reason { get; private init; }

    /// <summary>What would help.</summary>
    public string Help { get; private init; } = "";

    /// <summary>True if it cannot be because a parameter is no constant, which it may still become.</summary>
    public bool NeedsConstant { get; private init; }

    /// <summary>What the node moves.</summary>
    public static MovementResult Of(params IReadOnlyList<TensorMovement> movements)
    {
        return new MovementResult { Movements = movements };
    }

    /// <summary>A node with one output that regions cover; null regions are boxes that did not fit.</summary>
    public static MovementResult Of(Tensor target, params IReadOnlyList<MovementRegion?> regions)
    {
        return regions.Contains(null) ? Misfit() : Of(new TensorMovement(target, [.. regions.OfType<MovementRegion>()]));
    }

    /// <summary>The node cannot be supported.</summary>
    public static MovementResult Refuse(string reason, string help)
    {
        return new MovementResult { Reason = reason, Help = help };
    }

    /// <summary>Inputs, attributes and outputs of the node do not fit each other.</summary>
    public static MovementResult Misfit()
    {
        return Refuse("The shapes of its inputs and outputs and its parameters do not fit each other.", "Convert the source network again.");
    }

    /// <summary>A parameter that must be a constant is none.</summary>
    public static MovementResult NotConstant(string parameter)
    {
        return new MovementResult
        {
            Reason = $"Its {parameter} must be an integer constant.",
            Help = "Give the converter that made the file fixed shapes, so that they become constants.",
            NeedsConstant = true,
        };
    }
}
