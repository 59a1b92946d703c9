namespace EdgeQuant.Converter.Evaluate.Metrics;

/// <summary>How well classes are told.</summary>
/// <param name="Records">The records that were looked at.</param>
/// <param name="Top1">The share whose label has the highest score, 0 to 1.</param>
/// <param name="K">How many classes <see cref="TopK"/> looks at.</param>
/// <param name="TopK">The share whose label is among the k highest scores, 0 to 1.</param>
/// <param name="MacroF1">The mean of F1 over the classes that have records.</param>
/// <param name="NotANumber">Records with a score that is no number; they count as wrong and stand in no column of the confusion matrix.</param>
/// <param name="Classes">Each class.</param>
/// <param name="Confusion">Records by label (outer) and by the class with the highest score (inner).</param>
internal sealed record ClassificationFigures(
    int Records,
    double Top1,
    int K,
    double TopK,
    double MacroF1,
    int NotANumber,
    IReadOnlyList<ClassFigures> Classes,
    IReadOnlyList<int[]> Confusion);
