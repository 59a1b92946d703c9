namespace EdgeQuant.Converter.Quantizing.Recipes;

/// <summary>How ranges of activations are chosen.</summary>
/// <param name="Method">The method.</param>
/// <param name="Percentile">With <see cref="CalibrationMethod.Percentile"/>: the share of values inside the range, in percent, above 50 and at most 100.</param>
/// <param name="Momentum">With <see cref="CalibrationMethod.MovingAverage"/>: the weight of what was there before, 0 to below 1.</param>
internal sealed record CalibrationScheme(CalibrationMethod Method = CalibrationMethod.MinMax, double Percentile = 99.99, double Momentum = 0.9);
