namespace EdgeQuant.Converter.Quantizing.Calibration.Methods;

/// <summary>The Kullback-Leibler divergence between a clipped distribution and what quantization leaves of it.</summary>
internal static class DistributionLoss
{
    /// <summary>The weight that bins get which only one of the distributions knows, as in MXNet's calibration.</summary>
    private const double Smoothing = 1e-4;

    /// <summary>The divergence, in nats.</summary>
    /// <param name="counts">The distribution.</param>
    /// <param name="first">The first bin inside the range.</param>
    /// <param name="last">The first bin behind the range.</param>
    /// <param name="levels">How many levels the bins inside are brought to; at most as many as they are.</param>
    public static double Of(ReadOnlySpan<double> counts, int first, int last, int levels)
    {
        int bins = last - first;
        double[] clipped = counts[first..last].ToArray();
        double[] quantized = Quantized(clipped, levels);
        clipped[0] += Sum(counts[..first]);
        clipped[^1] += Sum(counts[last..]);
        double clippedTotal = Sum(clipped);
        double quantizedTotal = Sum(quantized);
        if (clippedTotal <= 0 || quantizedTotal <= 0)
        {
            return double.PositiveInfinity;
        }

        int missing = 0;
        for (int i = 0; i < bins; i++)
        {
            missing += clipped[i] > 0 && quantized[i] <= 0 ? 1 : 0;
        }

        double kept = 1 - (missing * Smoothing);
        double divergence = 0;
        for (int i = 0; i < bins; i++)
        {
            if (clipped[i] > 0)
            {
                double p = clipped[i] / clippedTotal;
                double q = quantized[i] > 0 ? quantized[i] / quantizedTotal * kept : Smoothing;
                divergence += p * Math.Log(p / q);
            }
        }

        return divergence;
    }

    /// <summary>Each level's count spread evenly over those of its bins that hold values.</summary>
    private static double[] Quantized(double[] counts, int levels)
    {
        double[] quantized = new double[counts.Length];
        for (int level = 0; level < levels; level++)
        {
            int start = (int)((long)level * counts.Length / levels);
            int end = (int)((long)(level + 1) * counts.Length / levels);
            double sum = 0;
            int filled = 0;
            for (int i = start; i < end; i++)
            {
                sum += counts[i];
                filled += counts[i] > 0 ? 1 : 0;
            }

            for (int i = start; i < end; i++)
            {
                quantized[i] = counts[i] > 0 ? sum / filled : 0;
            }
        }

        return quantized;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }
}
