namespace EdgeQuant.Converter.Evaluate.Metrics;

/// <summary>How far outputs are from what they should be.</summary>
/// <param name="Records">The records that were looked at.</param>
/// <param name="Values">The values of the output in a record.</param>
/// <param name="MeanAbsoluteError">The mean of all distances.</param>
/// <param name="RootMeanSquaredError">The root of the mean of all squared distances.</param>
/// <param name="RSquared">
/// The share of the targets' variation that the outputs explain: 1 minus the sum of squared distances by that of the targets from their mean,
/// each value of the output having its own mean; 1 is perfect, 0 no better than the mean.
/// </param>
/// <param name="LargestError">The largest distance.</param>
internal sealed record RegressionFigures(int Records, int Values, double MeanAbsoluteError, double RootMeanSquaredError, double RSquared, double LargestError);
