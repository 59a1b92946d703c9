namespace EdgeQuant.Converter.Quantizing.Calibration.Methods;

/// <summary>
/// The range for which rounding and clipping together make the least mean squared error (the method of Sung, Shin and Hwang 2015, "Resiliency
/// of Deep Neural Networks under Quantization", for both ends).
/// </summary>
internal static class SquaredErrorRange
{
    /// <param name="statistics">What was seen of the tensor.</param>
    /// <param name="levels">How many values the quantized tensor can take.</param>
    /// <param name="symmetric">True if the quantized range will be as wide below 0 as above.</param>
    public static TensorRange Of(TensorStatistics statistics, int levels, bool symmetric)
    {
        if (statistics.IsConstant)
        {
            return new TensorRange(statistics.Minimum, statistics.Maximum);
        }

        TensorRange whole = symmetric
            ? new TensorRange(-statistics.Magnitude, statistics.Magnitude)
            : new TensorRange(Math.Min(statistics.Minimum, 0), Math.Max(statistics.Maximum, 0));
        TensorRange best = new RangeSearch(new QuantizationError(statistics, levels, symmetric).Of).Run(statistics, whole);
        return symmetric ? statistics.Within(best.Maximum) : best;
    }
}
