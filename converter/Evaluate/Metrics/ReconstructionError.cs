namespace EdgeQuant.Converter.Evaluate.Metrics;

/// <summary>The anomaly score of a network that reproduces its input.</summary>
internal static class ReconstructionError
{
    /// <summary>The mean squared distance between input and output.</summary>
    public static double Of(ReadOnlySpan<float> input, ReadOnlySpan<float> output)
    {
        double sum = 0;
        for (int i = 0; i < input.Length; i++)
        {
            double distance = (double)input[i] - output[i];
            sum += distance * distance;
        }

        return sum / input.Length;
    }
}
