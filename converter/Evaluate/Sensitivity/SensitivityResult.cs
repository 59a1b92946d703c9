using EdgeQuant.Converter.Evaluate.Metrics;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Evaluate.Sensitivity;

/// <summary>What each operator costs, and what would help.</summary>
/// <param name="Samples">Where the samples came from.</param>
/// <param name="Records">The number of samples that each measurement took.</param>
/// <param name="Metric">What points are; null where neither labels nor targets are known.</param>
/// <param name="Float">The float network.</param>
/// <param name="Quantized">The network quantized by the recipe.</param>
/// <param name="Operators">The operators, the most costly first.</param>
/// <param name="Changes">Changes that help, in the order in which they were added; empty if none does.</param>
/// <param name="Suggestion">The recipe with the changes made.</param>
internal sealed record SensitivityResult(
    string Samples,
    int Records,
    Metric? Metric,
    Measurement Float,
    Measurement Quantized,
    IReadOnlyList<OperatorCost> Operators,
    IReadOnlyList<SuggestedChange> Changes,
    Recipe Suggestion);
