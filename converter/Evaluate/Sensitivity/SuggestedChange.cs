using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Evaluate.Sensitivity;

/// <summary>A change of recipe for one operator.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Change">What is changed, in a few words.</param>
/// <param name="Rule">The same as a rule of a recipe.</param>
/// <param name="After">With this change and those before it.</param>
internal sealed record SuggestedChange(OperatorCost Operator, string Change, RecipeRule Rule, Measurement After);
