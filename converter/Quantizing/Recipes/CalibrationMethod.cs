namespace EdgeQuant.Converter.Quantizing.Recipes;

/// <summary>How the range of a tensor is chosen from its values on the samples.</summary>
internal enum CalibrationMethod
{
    /// <summary>The smallest and the largest value.</summary>
    MinMax,

    /// <summary>The exponential moving average of each record's smallest and largest value.</summary>
    MovingAverage,

    /// <summary>The range that leaves out a given share of the values.</summary>
    Percentile,

    /// <summary>The range whose quantized distribution is closest to that of the values (Kullback-Leibler divergence).</summary>
    Entropy,

    /// <summary>The range with the least mean squared error of rounding and clipping together.</summary>
    MeanSquaredError,
}
