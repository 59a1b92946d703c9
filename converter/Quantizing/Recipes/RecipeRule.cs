namespace EdgeQuant.Converter.Quantizing.Recipes;

/// <summary>A change of scheme for the operators that it matches: all conditions that are not null must hold.</summary>
/// <param name="Change">What it changes.</param>
internal sealed record RecipeRule(SchemeChange Change)
{
    /// <summary>A pattern for the name of the operator's first output, with * for any characters and ? for one.</summary>
    public string? Name { get; init; }

    /// <summary>The operator's kind as reports show it, <c>Convolution2D</c> say; upper and lower case are the same.</summary>
    public string? Kind { get; init; }

    /// <summary>The first position among the operators after simplification, from 0; negative positions count from the last.</summary>
    public int? From { get; init; }

    /// <summary>The last position, included; absent with <see cref="From"/> present: that one alone.</summary>
    public int? To { get; init; }

    /// <summary>Where it stands in the recipe's file, for messages; empty if it came from none.</summary>
    public string Place { get; init; } = "";
}
