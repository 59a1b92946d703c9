namespace EdgeQuant.Converter.Evaluate;

/// <summary>How far the anomaly scores of two networks that reproduce their input agree: the mean squared distance of input and output, a record each.</summary>
/// <param name="Reference">The mean score of the network that is the measure.</param>
/// <param name="Other">The mean score of the other.</param>
/// <param name="LargestDifference">The largest distance of two scores of a record.</param>
/// <param name="RankCorrelation">How far both order the records alike, -1 to 1 (Spearman); null where one of both orders nothing.</param>
internal sealed record ScoreAgreement(double Reference, double Other, double LargestDifference, double? RankCorrelation);
