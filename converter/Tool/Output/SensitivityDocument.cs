using System.Text.Json;
using EdgeQuant.Converter.Evaluate.Metrics;
using EdgeQuant.Converter.Evaluate.Sensitivity;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Tool.Output;

/// <summary>A sensitivity analysis as JSON.</summary>
/// <param name="Samples">Where the samples came from.</param>
/// <param name="Records">The number of samples that each measurement took.</param>
/// <param name="Metric">What points are; null where neither labels nor targets are known.</param>
/// <param name="Float">The float network.</param>
/// <param name="Quantized">The network quantized by the recipe.</param>
/// <param name="Operators">The operators, the most costly first.</param>
/// <param name="Changes">Changes that help, in the order in which they were added.</param>
/// <param name="Suggestion">The recipe with the changes made, as it can be given to --recipe.</param>
internal sealed record SensitivityDocument(
    string Samples,
    int Records,
    Metric? Metric,
    Measurement Float,
    Measurement Quantized,
    IReadOnlyList<OperatorCost> Operators,
    IReadOnlyList<SensitivityDocument.Suggested> Changes,
    JsonElement Suggestion)
{
    public static SensitivityDocument Of(SensitivityResult result)
    {
        using JsonDocument recipe = JsonDocument.Parse(RecipeJson.Write(result.Suggestion));
        return new SensitivityDocument(
            result.Samples,
            result.Records,
            result.Metric,
            result.Float,
            result.Quantized,
            result.Operators,
            [.. result.Changes.Select(change => new Suggested(change.Operator.Position, change.Operator.Name, change.Change, change.After))],
            recipe.RootElement.Clone());
    }

    /// <param name="Position">The operator's position.</param>
    /// <param name="Name">The name of its first output.</param>
    /// <param name="Change">What is changed, in a few words.</param>
    /// <param name="After">With this change and those before it.</param>
    internal sealed record Suggested(int Position, string Name, string Change, Measurement After);
}
