namespace EdgeQuant.Converter.Quantizing.Calibration.Methods;

/// <summary>
/// The exponential moving average of each record's smallest and largest value, in the order of the records, starting with the first one's
/// (Jacob et al. 2018, "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference", section 3.1).
/// </summary>
internal static class MovingAverageRange
{
    /// <param name="statistics">What was seen of the tensor.</param>
    /// <param name="momentum">The weight of what was there before, 0 to below 1.</param>
    public static TensorRange Of(TensorStatistics statistics, double momentum)
    {
        return new TensorRange(Average(statistics.RecordMinimum, momentum), Average(statistics.RecordMaximum, momentum));
    }

    private static float Average(float[] values, double momentum)
    {
        double average = values[0];
        foreach (float value in values.AsSpan(1))
        {
            average = (momentum * average) + ((1 - momentum) * value);
        }

        return (float)average;
    }
}
