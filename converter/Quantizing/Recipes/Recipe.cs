namespace EdgeQuant.Converter.Quantizing.Recipes;

/// <summary>How a float network is quantized. The defaults are right for most: int8, weights per channel, activations asymmetric.</summary>
internal sealed record Recipe
{
    public static Recipe Default { get; } = new();

    /// <summary>What holds where no rule matches.</summary>
    public OperatorScheme Operators { get; init; } = OperatorScheme.Default;

    /// <summary>Changes for some operators; later ones win.</summary>
    public IReadOnlyList<RecipeRule> Rules { get; init; } = [];

    /// <summary>What is said of single tensors; later ones win.</summary>
    public IReadOnlyList<TensorRule> Tensors { get; init; } = [];

    /// <summary>Where it came from, for messages.</summary>
    public string Source { get; init; } = "recipe";

    public RepairScheme Repair { get; init; } = new();
}
