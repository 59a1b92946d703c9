namespace EdgeQuant.Converter.Evaluate.Metrics;

/// <summary>How well scores tell the abnormal (label 1) from the normal (label 0).</summary>
/// <param name="Records">The records that were looked at.</param>
/// <param name="Scores">The scores that they make: as many, or fewer where several records make one.</param>
/// <param name="Positives">Scores of label 1.</param>
/// <param name="Score">What the score is.</param>
/// <param name="Area">The area under the receiver operating characteristic, 0 to 1; 0.5 is chance.</param>
/// <param name="PartialArea">The same below <see cref="PartialRate"/> false positives, scaled: 0.5 is chance, 1 perfect.</param>
/// <param name="PartialRate">The highest rate of false positives that the partial area looks at.</param>
internal sealed record AnomalyFigures(int Records, int Scores, int Positives, AnomalyScore Score, double Area, double PartialArea, double PartialRate);
