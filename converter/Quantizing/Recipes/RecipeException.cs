using EdgeQuant.Converter.Json;

namespace EdgeQuant.Converter.Quantizing.Recipes;

/// <summary>The one exception for recipes that cannot be used: all that is wrong at once.</summary>
/// <param name="source">Where the recipe came from, a file name say.</param>
/// <param name="problems">What is wrong; at least one.</param>
internal sealed class RecipeException(string source, IReadOnlyList<JsonProblem> problems)
    : Exception(source + ": " + string.Join(Environment.NewLine, problems))
{
    /// <summary>What is wrong.</summary>
    public IReadOnlyList<JsonProblem> Problems { get; } = problems;
}
